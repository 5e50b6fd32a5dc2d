using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>
/// The adapter over a PKCS#11 token. The store's sealing key is random and lies in the store's head, sealed by AES-256-GCM under a key that the
/// token made and never gives away; the D key is made in the token, never leaves it, and signs there.
/// </summary>
/// <remarks>Parameters: 3 (1), the AES key's CKA_ID (16), nonce (12), ciphertext and tag (48). Handle of a D key: 3 (1), CKA_ID (16).</remarks>
internal sealed class Pkcs11Adapter(CryptokiToken token) : IVaultAdapter
{
    private const byte Form = 3;
    private const int IdLength = 16;
    private const int RsaBits = 3072;
    private const string SealingLabel = "vaultgrid-sealing";
    private const string DeviceLabel = "vaultgrid-device";

    private static readonly (nuint Mechanism, string Name)[] Needed =
    [
        (Cryptoki.AesKeyGen, "CKM_AES_KEY_GEN"), (Cryptoki.AesGcm, "CKM_AES_GCM"), (Cryptoki.EcKeyPairGen, "CKM_EC_KEY_PAIR_GEN"), (Cryptoki.Ecdsa, "CKM_ECDSA"),
    ];

    /// <inheritdoc/>
    public string Kind => "pkcs11";

    private static ReadOnlySpan<byte> SealingDomain => "VaultGrid/v1/pkcs11-seal\0"u8;

    // OBJECT IDENTIFIER 1.2.840.10045.3.1.7 (P-256).
    private static ReadOnlySpan<byte> P256Parameters => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> F4 => [1, 0, 1];

    /// <summary>Loads the module, finds the token, logs in and looks whether it can do what is needed; else <c>store.sealed</c> with what to do.</summary>
    /// <param name="module">Path of the PKCS#11 library.</param>
    /// <param name="label">The token's label.</param>
    /// <param name="pinFile">The user PIN, a file of mode 0600; one line end at its end is not part of it.</param>
    public static Outcome<Pkcs11Adapter> Open(string module, string label, string pinFile)
    {
        if (!PinFile.Read(pinFile).Is(out var pin, out var refusal)) return refusal;
        if (!CryptokiToken.Open(module, label, pin).Is(out var token, out refusal)) return refusal;

        var missing = Needed.Where(needed => !token.Has(needed.Mechanism)).Select(needed => needed.Name).ToArray();
        if (missing.Length == 0) return new Pkcs11Adapter(token);
        token.Dispose();
        return Sealed($"the token '{label}' can't be used: it has no {string.Join(", ", missing)}");
    }

    /// <inheritdoc/>
    public byte[] NewParameters()
    {
        var id = RandomNumberGenerator.GetBytes(IdLength);
        var nonce = RandomNumberGenerator.GetBytes(Aes256Gcm.NonceLength);
        var sealedKey = new byte[Aes256Gcm.KeyLength + Aes256Gcm.TagLength];
        using var master = SecretBytes.Random(Aes256Gcm.KeyLength);
        var written = token.Use(session =>
        {
            using var template = Template(Cryptoki.SecretKeyClass, id, SealingLabel)
                .Flag(Cryptoki.Sensitive, true).Flag(Cryptoki.Extractable, false)
                .Flag(Cryptoki.Encrypt, true).Flag(Cryptoki.Decrypt, true).Number(Cryptoki.ValueLength, Aes256Gcm.KeyLength);
            var key = session.GenerateKey(Cryptoki.AesKeyGen, template);
            return session.EncryptGcm(key, nonce, [.. SealingDomain, .. id], master.Span, sealedKey);
        });
        if (written != sealedKey.Length) throw new AdapterException($"the token '{token.Label}' sealed {Aes256Gcm.KeyLength} bytes into {written}");
        return new WireWriter().U8(Form).Fixed(id).Fixed(nonce).Fixed(sealedKey).ToArray();
    }

    /// <inheritdoc/>
    public Outcome<SecretBytes> SealingKey(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length == 0 || parameters[0] != Form) return Sealed("the store's parameters are not a PKCS#11 token's");
        var reader = new WireReader(parameters[1..]);
        var (id, nonce) = (reader.Fixed(IdLength).ToArray(), reader.Fixed(Aes256Gcm.NonceLength).ToArray());
        var sealedKey = reader.Fixed(Aes256Gcm.KeyLength + Aes256Gcm.TagLength).ToArray();
        if (!reader.End("the token's parameters", out var refusal, RefusalCode.StoreTampered)) return refusal;

        // A token may ask for room for the tag as well while it decrypts.
        using var room = new SecretBytes(sealedKey.Length);
        try
        {
            var length = token.Use(session => Find(session, Cryptoki.SecretKeyClass, id) is { } key
                ? session.DecryptGcm(key, nonce, [.. SealingDomain, .. id], sealedKey, room.Span)
                : -1);
            if (length == Aes256Gcm.KeyLength) return room.Slice(0, length);
            return length < 0
                ? Sealed($"the token '{token.Label}' does not hold the key that sealed the store: it is another token, or the key was destroyed")
                : Sealed($"the token '{token.Label}' unsealed something else than a key");
        }
        catch (CryptokiException failed)
        {
            return Sealed($"the token '{token.Label}' can't unseal the store: {failed.Message}");
        }
    }

    /// <inheritdoc/>
    public SecretBytes CreateDeviceKey(DeviceKeyAlgorithm algorithm)
    {
        var id = RandomNumberGenerator.GetBytes(IdLength);
        var rsa = IsRsa(algorithm);
        token.Use(session =>
        {
            using var open = Template(Cryptoki.PublicKeyClass, id, DeviceLabel, isPrivate: false).Flag(Cryptoki.Verify, true);
            using var secret = Template(Cryptoki.PrivateKeyClass, id, DeviceLabel)
                .Flag(Cryptoki.Sensitive, true).Flag(Cryptoki.Extractable, false).Flag(Cryptoki.Sign, true);
            _ = rsa ? open.Number(Cryptoki.ModulusBits, RsaBits).Bytes(Cryptoki.PublicExponent, F4) : open.Bytes(Cryptoki.EcParameters, P256Parameters);
            session.GenerateKeyPair(rsa ? Cryptoki.RsaKeyPairGen : Cryptoki.EcKeyPairGen, open, secret);
            return default(Done);
        });
        byte[] handle = [Form, .. id];
        return SecretBytes.Take(handle);
    }

    /// <inheritdoc/>
    public Outcome<IDeviceKey> OpenDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle)
    {
        if (!TryId(handle, out var id)) return Foreign("its handle is not a PKCS#11 token's");
        try
        {
            return token.Use(session => Pkcs11DeviceKey.Open(token, session, id, IsRsa(algorithm)));
        }
        catch (CryptokiException failed)
        {
            return Foreign(failed.Message);
        }
    }

    /// <inheritdoc/>
    public void DestroyDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle)
    {
        if (!TryId(handle, out var id)) return;
        token.Use(session =>
        {
            foreach (var kind in new[] { Cryptoki.PrivateKeyClass, Cryptoki.PublicKeyClass })
            {
                while (Find(session, kind, id) is { } key) session.Destroy(key);
            }

            return default(Done);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => token.Dispose();

    /// <summary>The object of a class with an id; null where there is none.</summary>
    internal static nuint? Find(CryptokiSession session, nuint kind, ReadOnlySpan<byte> id)
    {
        using var template = new CryptokiTemplate().Number(Cryptoki.Class, kind).Bytes(Cryptoki.Id, id);
        var found = session.Find(template);
        return found.Length == 0 ? null : found[0];
    }

    internal static Refusal Foreign(string why) => Sealed($"the store's device key can't be used: {why}");

    private static CryptokiTemplate Template(nuint kind, ReadOnlySpan<byte> id, string label, bool isPrivate = true) => new CryptokiTemplate()
        .Number(Cryptoki.Class, kind).Flag(Cryptoki.Token, true).Flag(Cryptoki.Private, isPrivate)
        .Bytes(Cryptoki.Id, id).Bytes(Cryptoki.Label, System.Text.Encoding.ASCII.GetBytes(label));

    private static bool TryId(SecretBytes handle, out byte[] id)
    {
        // The name of an object is no secret; it only lies among the secrets.
        id = [];
        if (handle.Length != 1 + IdLength || handle.Span[0] != Form) return false;
        id = handle.Span[1..].ToArray();
        GC.KeepAlive(handle);
        return true;
    }

    private static bool IsRsa(DeviceKeyAlgorithm algorithm) => algorithm switch
    {
        DeviceKeyAlgorithm.P256 => false,
        DeviceKeyAlgorithm.Rsa3072 => true,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a device key algorithm."),
    };

    private static Refusal Sealed(string detail) => new(RefusalCode.StoreSealed, detail);
}
