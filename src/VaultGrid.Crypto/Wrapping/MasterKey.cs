using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>A Domain's master key with its public half; the secret never leaves the enclave but sealed under the Domain's wrapping key.</summary>
[DebuggerDisplay("MasterKey(redacted)")]
public sealed class MasterKey : IDisposable
{
    /// <summary>The longest public half and the longest sealed secret, in bytes.</summary>
    public const int PublicLimit = 512, SealedLimit = 4096;

    private MasterKey(MasterKeyKind kind, SecretBytes secret, byte[] publicKey) => (Kind, Secret, Public) = (kind, secret, publicKey);

    /// <summary>What it is.</summary>
    public MasterKeyKind Kind { get; }

    /// <summary>The secret in the form of its kind; belongs to this object.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretBytes Secret { get; }

    /// <summary>The public half in the form of its kind; empty for AES.</summary>
    public ReadOnlyMemory<byte> Public { get; }

    /// <summary>Draws a key; RSA takes a second or so.</summary>
    public static MasterKey Generate(MasterKeyKind kind)
    {
        while (true)
        {
            // A scalar that is none has probability 2^-32 at most: draw again.
            if (Take(kind, Draw(kind)).Is(out var key, out _)) return key;
        }
    }

    /// <summary>Opens a master key that <see cref="Seal"/> sealed, and checks that it is the one with this public half.</summary>
    /// <returns>The key, or <see cref="RefusalCode.DomainInvalid"/>.</returns>
    public static Outcome<MasterKey> Open(
        SecretBytes wrappingKey, MasterKeyKind kind, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> context)
    {
        var invalid = new Refusal(RefusalCode.DomainInvalid, "the master key doesn't open: the Domain was changed, or put together from several");
        if (!Aes256Gcm.Open(wrappingKey, sealedBytes, context).Is(out var secret, out _)) return invalid;
        if (!Take(kind, secret).Is(out var key, out _)) return invalid;
        if (PublicBytes.Equal(key.Public.Span, publicKey)) return key;
        key.Dispose();
        return invalid;
    }

    /// <summary>Seals the secret under a Domain's wrapping key.</summary>
    /// <param name="wrappingKey">k: 32 bytes.</param>
    /// <param name="context">Associated data: what it belongs to.</param>
    public byte[] Seal(SecretBytes wrappingKey, ReadOnlySpan<byte> context) => Aes256Gcm.Seal(wrappingKey, Secret, context);

    /// <summary>Wipes the secret.</summary>
    public void Dispose() => Secret.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "MasterKey(redacted)";

    private static SecretBytes Draw(MasterKeyKind kind)
    {
        if (kind != MasterKeyKind.Rsa3072) return SecretBytes.Random(32);
        using var rsa = RsaOaepPrivateKey.Generate();
        return rsa.Export();
    }

    // Takes the secret over: wiped here where it is refused.
    private static Outcome<MasterKey> Take(MasterKeyKind kind, SecretBytes secret)
    {
        if (PublicHalf(kind, secret).Is(out var publicKey, out var refusal)) return new MasterKey(kind, secret, publicKey);
        secret.Dispose();
        return refusal;
    }

    private static Outcome<byte[]> PublicHalf(MasterKeyKind kind, SecretBytes secret)
    {
        if (kind != MasterKeyKind.Rsa3072 && secret.Length != 32) return new Refusal(RefusalCode.InputMalformed, "the master key has 32 bytes");
        switch (kind)
        {
            case MasterKeyKind.Aes256:
                return Array.Empty<byte>();
            case MasterKeyKind.Ed25519:
                return Ed25519.PublicKey(secret);
            case MasterKeyKind.EcdsaP256:
                if (!P256SigningKey.Import(secret).Is(out var p256, out var refusal)) return refusal;
                using (p256) return p256.PublicKey.Bytes.ToArray();
            case MasterKeyKind.EcdsaSecp256k1:
                if (!PrivateKey.From(secret.Clone()).Is(out var secp, out refusal)) return refusal;
                using (secp) return secp.PublicKey.Compressed.ToArray();
            case MasterKeyKind.Rsa3072:
                if (!RsaOaepPrivateKey.Import(secret).Is(out var rsa, out refusal)) return refusal;
                using (rsa)
                using (var publicKey = rsa.ToPublic()) return publicKey.ToSubjectPublicKeyInfo();
            default:
                return new Refusal(RefusalCode.InputUnsupported, "the master key's kind is unknown to this version");
        }
    }
}
