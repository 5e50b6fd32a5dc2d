using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>Argon2id version 1.3 (RFC 9106) of libsodium: keys from passphrases.</summary>
public static class Argon2id
{
    /// <summary>Bytes of the salt.</summary>
    public const int SaltLength = 16;

    /// <summary>Derives a key.</summary>
    /// <param name="passphrase">UTF-8, any length.</param>
    /// <param name="salt">16 random bytes, stored beside what the key protects.</param>
    /// <param name="cost">Memory and passes.</param>
    /// <param name="length">Bytes wanted, 16 to 64.</param>
    /// <exception cref="NativeCallException">There is not that much memory.</exception>
    public static SecretBytes Derive(SecretBytes passphrase, ReadOnlySpan<byte> salt, Argon2idCost cost, int length)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 64);
        if (salt.Length != SaltLength) throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));

        Sodium.Ready();
        var key = new SecretBytes(length);
        var code = Sodium.PasswordHash(
            key.Handle, (ulong)length, passphrase.Handle, (ulong)passphrase.Length, salt, (ulong)cost.Passes, (nuint)cost.MemoryKiB * 1024, Sodium.Argon2Id13);
        if (code == 0) return key;
        key.Dispose();
        throw new NativeCallException("crypto_pwhash", code);
    }
}
