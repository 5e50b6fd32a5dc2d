using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>
/// A session with a token. Used by one thread at a time: PKCS#11 allows one operation in a session. Function pointers take its number, so it is
/// no parameter of an import; the pool keeps it alive while it is lent.
/// </summary>
internal sealed unsafe class CryptokiSession(CryptokiModule module, nuint number) : SafeHandle(0, ownsHandle: true)
{
    private const int MostFound = 16;

    private readonly CryptokiFunctions _functions = module.Functions;

    public override bool IsInvalid => number == 0;

    /// <summary>Opens one.</summary>
    public static CryptokiSession Open(CryptokiModule module, nuint slot)
    {
        nuint handle;
        Cryptoki.Check(module.Functions.OpenSession(slot, Cryptoki.SerialSession | Cryptoki.ReadWriteSession, &handle), "C_OpenSession");
        return new CryptokiSession(module, handle);
    }

    /// <summary>Logs this process in; it stays so while it has a session.</summary>
    public void Login(SecretBytes pin)
    {
        nuint returned;
        fixed (byte* at = pin.Span) returned = _functions.Login(number, Cryptoki.User, at, (nuint)pin.Length);
        GC.KeepAlive(pin);
        if (returned != Cryptoki.UserAlreadyLoggedIn) Cryptoki.Check(returned, "C_Login");
    }

    /// <summary>Handles of the objects that match, at most 16.</summary>
    public nuint[] Find(CryptokiTemplate template)
    {
        Cryptoki.Check(_functions.FindObjectsInit(number, template.Attributes, template.Count), "C_FindObjectsInit");
        var found = stackalloc nuint[MostFound];
        nuint count = 0;
        var returned = _functions.FindObjects(number, found, MostFound, &count);
        _ = _functions.FindObjectsFinal(number);
        Cryptoki.Check(returned, "C_FindObjects");
        return new ReadOnlySpan<nuint>(found, (int)count).ToArray();
    }

    /// <summary>A public attribute of an object; null where it has none or gives none.</summary>
    public byte[]? Attribute(nuint key, nuint type)
    {
        var attribute = new CkAttribute { Type = type };
        if (_functions.GetAttributeValue(number, key, &attribute, 1) != Cryptoki.Ok || attribute.Length == Cryptoki.Unavailable) return null;
        var value = new byte[attribute.Length];
        fixed (byte* at = value)
        {
            attribute.Value = at;
            Cryptoki.Check(_functions.GetAttributeValue(number, key, &attribute, 1), "C_GetAttributeValue");
        }

        return value[..(int)attribute.Length];
    }

    /// <summary>Makes a secret key in the token.</summary>
    public nuint GenerateKey(nuint mechanism, CryptokiTemplate template)
    {
        var how = new CkMechanism { Type = mechanism };
        nuint key;
        Cryptoki.Check(_functions.GenerateKey(number, &how, template.Attributes, template.Count, &key), "C_GenerateKey");
        return key;
    }

    /// <summary>Makes a key pair in the token.</summary>
    public void GenerateKeyPair(nuint mechanism, CryptokiTemplate open, CryptokiTemplate secret)
    {
        var how = new CkMechanism { Type = mechanism };
        nuint openKey, secretKey;
        Cryptoki.Check(
            _functions.GenerateKeyPair(number, &how, open.Attributes, open.Count, secret.Attributes, secret.Count, &openKey, &secretKey), "C_GenerateKeyPair");
    }

    /// <summary>Destroys an object.</summary>
    public void Destroy(nuint key) => Cryptoki.Check(_functions.DestroyObject(number, key), "C_DestroyObject");

    /// <summary>AES-GCM in the token: the ciphertext with its tag of 16 bytes into <paramref name="output"/>.</summary>
    public int EncryptGcm(nuint key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, ReadOnlySpan<byte> plaintext, Span<byte> output) =>
        Gcm(key, nonce, additionalData, plaintext, output, encrypt: true);

    /// <summary>AES-GCM in the token: the plaintext into <paramref name="output"/>; its length.</summary>
    public int DecryptGcm(nuint key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, ReadOnlySpan<byte> ciphertext, Span<byte> output) =>
        Gcm(key, nonce, additionalData, ciphertext, output, encrypt: false);

    /// <summary>Signs a hash in the token.</summary>
    /// <param name="key">A private key.</param>
    /// <param name="hash">SHA-256, 32 bytes.</param>
    /// <param name="rsa">RSA-PSS with a salt of 32 bytes, or else ECDSA (r and s, 32 bytes each).</param>
    public byte[] Sign(nuint key, ReadOnlySpan<byte> hash, bool rsa)
    {
        var pss = new CkPssParameters { Hash = Cryptoki.Sha256, MaskGeneration = Cryptoki.Mgf1Sha256, SaltLength = Hash256.Length };
        var how = rsa
            ? new CkMechanism { Type = Cryptoki.RsaPss, Parameter = &pss, Length = (nuint)sizeof(CkPssParameters) }
            : new CkMechanism { Type = Cryptoki.Ecdsa };
        Cryptoki.Check(_functions.SignInit(number, &how, key), "C_SignInit");
        var signature = new byte[512];
        var length = (nuint)signature.Length;
        fixed (byte* data = hash, output = signature) Cryptoki.Check(_functions.Sign(number, data, (nuint)hash.Length, output, &length), "C_Sign");
        return signature[..(int)length];
    }

    protected override bool ReleaseHandle() => _functions.CloseSession(number) == Cryptoki.Ok;

    private int Gcm(nuint key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, ReadOnlySpan<byte> input, Span<byte> output, bool encrypt)
    {
        fixed (byte* iv = nonce, aad = additionalData, from = input, to = output)
        {
            var parameters = new CkGcmParameters
            {
                Nonce = iv,
                NonceLength = (nuint)nonce.Length,
                NonceBits = (nuint)nonce.Length * 8,
                AdditionalData = aad,
                AdditionalDataLength = (nuint)additionalData.Length,
                TagBits = 128,
            };
            var how = new CkMechanism { Type = Cryptoki.AesGcm, Parameter = &parameters, Length = (nuint)sizeof(CkGcmParameters) };
            var length = (nuint)output.Length;
            if (encrypt)
            {
                Cryptoki.Check(_functions.EncryptInit(number, &how, key), "C_EncryptInit");
                Cryptoki.Check(_functions.Encrypt(number, from, (nuint)input.Length, to, &length), "C_Encrypt");
            }
            else
            {
                Cryptoki.Check(_functions.DecryptInit(number, &how, key), "C_DecryptInit");
                Cryptoki.Check(_functions.Decrypt(number, from, (nuint)input.Length, to, &length), "C_Decrypt");
            }

            return (int)length;
        }
    }
}
