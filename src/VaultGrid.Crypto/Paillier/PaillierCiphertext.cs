namespace VaultGrid.Crypto;

/// <summary>A Paillier ciphertext: a number below N² and coprime to N, checked when it was read. Public to whoever lacks the private key.</summary>
public sealed class PaillierCiphertext
{
    private readonly byte[] _bytes;

    internal PaillierCiphertext(byte[] bytes) => _bytes = bytes;

    /// <summary>The full residue, big-endian, of exactly twice the modulus's length.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;
}
