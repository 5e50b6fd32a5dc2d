namespace VaultGrid.Benchmarks;

/// <summary>The exponentiations of one signature of t clusters with a 3072-bit modulus, in GMP alone, as protocols.md counts them.</summary>
internal static class ThresholdWork
{
    private const int Bits = 3072;

    /// <summary>
    /// Noise of A and B for each of c_1 … c_{t−1}: 4 powers with half the modulus's bits; c_2 … c_{t−1} raise A and B to 256 bits modulo both squares:
    /// 4 more; c_t decrypts A and B modulo one square: 2 powers, which VaultGrid joins to one and some squarings where there is room.
    /// </summary>
    public static Action Of(int threshold)
    {
        var (long1536, short256) = (LibGmp.Exponentiation(Bits, Bits / 2), LibGmp.Exponentiation(Bits, 256));
        var (many, few) = ((4 * (threshold - 1)) + 2, 4 * (threshold - 2));
        return () =>
        {
            for (var i = 0; i < many; i++) long1536();
            for (var i = 0; i < few; i++) short256();
        };
    }

    /// <summary>What an idle caller waits for at least: two decryptions side by side, and of every cluster between two powers of 256 bits one after the other.</summary>
    public static Action Waited(int threshold)
    {
        var (long1536, short256) = (LibGmp.Exponentiation(Bits, Bits / 2), LibGmp.Exponentiation(Bits, 256));
        return () =>
        {
            long1536();
            for (var i = 0; i < 2 * (threshold - 2); i++) short256();
        };
    }
}
