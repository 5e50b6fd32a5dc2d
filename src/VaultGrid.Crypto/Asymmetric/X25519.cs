using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>X25519 (RFC 7748) of libsodium.</summary>
public static class X25519
{
    /// <summary>Bytes of a private key, a public key and a shared value.</summary>
    public const int Length = 32;

    /// <summary>The public key of a private key: 32 bytes.</summary>
    public static byte[] PublicKey(SecretBytes privateKey)
    {
        RequireLength(privateKey);
        var publicKey = new byte[Length];
        var code = Sodium.X25519PublicKey(publicKey, privateKey.Handle);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_scalarmult_curve25519_base");
        return publicKey;
    }

    /// <summary>The shared value: input for a key derivation, not a key.</summary>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="peer">32 bytes.</param>
    /// <returns>32 bytes, or <see cref="RefusalCode.InputMalformed"/>: the peer's key has another length or small order (the value would be zero).</returns>
    public static Outcome<SecretBytes> Agree(SecretBytes privateKey, ReadOnlySpan<byte> peer)
    {
        RequireLength(privateKey);
        if (peer.Length != Length)
            return new Refusal(RefusalCode.InputMalformed, "an X25519 public key has 32 bytes");

        var shared = new SecretBytes(Length);
        if (Sodium.X25519(shared.Handle, privateKey.Handle, peer) == 0) return shared;
        shared.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "the peer's X25519 key has small order");
    }

    private static void RequireLength(SecretBytes privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        if (privateKey.Length != Length) throw new ArgumentException($"A private key has {Length} bytes, not {privateKey.Length}.", nameof(privateKey));
        Sodium.Ready();
    }
}
