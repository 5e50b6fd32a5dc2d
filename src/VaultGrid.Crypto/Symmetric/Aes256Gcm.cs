using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) with a random 12-byte nonce: sealed = nonce ‖ ciphertext ‖ 16-byte tag.
/// One key seals at most 2^32 messages.
/// </summary>
public static class Aes256Gcm
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>Bytes of a tag.</summary>
    public const int TagLength = 16;

    /// <summary>Bytes by which sealing lengthens.</summary>
    public const int Overhead = NonceLength + TagLength;

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="associatedData">Authenticated, not encrypted, not part of the result.</param>
    /// <returns>nonce ‖ ciphertext ‖ tag.</returns>
    public static byte[] Seal(SecretBytes key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        RandomNumberGenerator.Fill(nonce);
        return Seal(key, nonce, plaintext, associatedData);
    }

    /// <summary>Encrypts and authenticates a secret.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="associatedData">Authenticated, not encrypted, not part of the result.</param>
    /// <returns>nonce ‖ ciphertext ‖ tag.</returns>
    public static byte[] Seal(SecretBytes key, SecretBytes plaintext, ReadOnlySpan<byte> associatedData)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        var result = Seal(key, plaintext.Span, associatedData);
        GC.KeepAlive(plaintext);
        return result;
    }

    /// <summary>Encrypts and authenticates a buffer's secret into given room.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="plaintext">Any length; stays the caller's.</param>
    /// <param name="associatedData">Authenticated, not encrypted, not part of the result.</param>
    /// <param name="destination">For nonce ‖ ciphertext ‖ tag: <see cref="Overhead"/> bytes longer than the plaintext.</param>
    public static void Seal(SecretBytes key, SecretBuffer plaintext, ReadOnlySpan<byte> associatedData, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, plaintext.Length + Overhead);
        using var cipher = Cipher(key);
        RandomNumberGenerator.Fill(destination[..NonceLength]);
        cipher.Encrypt(destination[..NonceLength], plaintext.Span, destination[NonceLength..^TagLength], destination[^TagLength..], associatedData);
        GC.KeepAlive(plaintext);
    }

    /// <summary>Checks and decrypts, into locked memory.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="sealedBytes">nonce ‖ ciphertext ‖ tag.</param>
    /// <param name="associatedData">What it was sealed with.</param>
    /// <returns>The plaintext, or <see cref="RefusalCode.InputMalformed"/>: too short, or not what this key sealed with these data.</returns>
    public static Outcome<SecretBytes> Open(SecretBytes key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associatedData)
    {
        using var cipher = Cipher(key);
        if (sealedBytes.Length < Overhead)
            return new Refusal(RefusalCode.InputMalformed, $"a sealed message has at least {Overhead} bytes");

        var plaintext = new SecretBytes(sealedBytes.Length - Overhead);
        try
        {
            cipher.Decrypt(sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..], plaintext.Span, associatedData);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            plaintext.Dispose();
            return new Refusal(RefusalCode.InputMalformed, "the sealed message does not authenticate: it was changed, or sealed with another key or other associated data");
        }
    }

    /// <summary>Sealing under a nonce that the caller answers for: test vectors, and counters that can't repeat.</summary>
    internal static byte[] Seal(SecretBytes key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        using var cipher = Cipher(key);
        var result = new byte[plaintext.Length + Overhead];
        nonce.CopyTo(result);
        cipher.Encrypt(nonce, plaintext, result.AsSpan(NonceLength, plaintext.Length), result.AsSpan(NonceLength + plaintext.Length), associatedData);
        return result;
    }

    private static AesGcm Cipher(SecretBytes key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length != KeyLength) throw new ArgumentException($"A key has {KeyLength} bytes, not {key.Length}.", nameof(key));
        var cipher = new AesGcm(key.Span, TagLength);
        GC.KeepAlive(key);
        return cipher;
    }
}
