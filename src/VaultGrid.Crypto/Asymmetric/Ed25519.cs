using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>Ed25519 (RFC 8032, PureEdDSA) of libsodium, which refuses keys of small order and encodings that are not canonical.</summary>
public static class Ed25519
{
    /// <summary>Bytes of a public key, a seed and a signature.</summary>
    public const int PublicKeyLength = 32, SeedLength = 32, SignatureLength = 64;

    private const int SecretKeyLength = 64;

    /// <summary>The public key of a seed (the private key of RFC 8032): 32 bytes.</summary>
    public static byte[] PublicKey(SecretBytes seed)
    {
        using var expanded = Expand(seed, out var publicKey);
        return publicKey;
    }

    /// <summary>Signs.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="message">Any length.</param>
    /// <returns>64 bytes, verified before they are handed out.</returns>
    public static byte[] Sign(SecretBytes seed, ReadOnlySpan<byte> message)
    {
        using var expanded = Expand(seed, out var publicKey);
        var signature = new byte[SignatureLength];
        var code = Sodium.Ed25519Sign(signature, out var length, message, (ulong)message.Length, expanded.Handle);
        NativeCallException.ThrowUnless(code == 0 && length == SignatureLength, code, "crypto_sign_ed25519_detached");
        return Verify(publicKey, message, signature)
            ? signature
            : throw new NativeCallException("crypto_sign_ed25519_detached (verification of its result)", 0);
    }

    /// <summary>True if this is the key's signature over the message; lengths other than 32 and 64 are none.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Sodium.Ready();
        return publicKey.Length == PublicKeyLength && signature.Length == SignatureLength
            && Sodium.Ed25519Verify(signature, message, (ulong)message.Length, publicKey) == 0;
    }

    private static SecretBytes Expand(SecretBytes seed, out byte[] publicKey)
    {
        ArgumentNullException.ThrowIfNull(seed);
        if (seed.Length != SeedLength) throw new ArgumentException($"A seed has {SeedLength} bytes, not {seed.Length}.", nameof(seed));
        Sodium.Ready();
        publicKey = new byte[PublicKeyLength];
        var expanded = new SecretBytes(SecretKeyLength);
        var code = Sodium.Ed25519SeedKeyPair(publicKey, expanded.Handle, seed.Handle);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_sign_ed25519_seed_keypair");
        return expanded;
    }
}
