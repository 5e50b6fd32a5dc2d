namespace VaultGrid.Crypto;

/// <summary>Bits of a Paillier modulus N = p₁·p₂; each prime has half of them.</summary>
public enum PaillierModulusSize
{
    /// <summary>For tests, which would wait too long for real keys: below what protects a key for years.</summary>
    UnsafeBits2048 = 2048,

    /// <summary>The default: 128-bit security (NIST SP 800-57 part 1, table 2).</summary>
    Bits3072 = 3072,

    /// <summary>More than that.</summary>
    Bits4096 = 4096,
}
