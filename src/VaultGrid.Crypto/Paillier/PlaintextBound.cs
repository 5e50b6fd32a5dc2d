namespace VaultGrid.Crypto;

/// <summary>
/// An upper bound q^k of what a ciphertext may hold: a product of k numbers modulo q, the order of secp256k1. It decides whether one prime suffices
/// to decrypt.
/// </summary>
public sealed class PlaintextBound
{
    /// <summary>The most factors that any key size here has room for.</summary>
    public const int MaximumFactors = 15;

    // Room between the bound and the modulus, so that a plaintext chosen blindly falls below the bound with probability 2^-128 at most.
    private const int MarginBits = 128;

    // SEC 2, 2.4.1: n.
    internal static ReadOnlySpan<byte> GroupOrder =>
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
        0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
    ];

    private readonly byte[] _limit;

    private PlaintextBound(int factors, byte[] limit) => (Factors, _limit) = (factors, limit);

    /// <summary>k.</summary>
    public int Factors { get; }

    /// <summary>q^k, big-endian, 32·k bytes.</summary>
    internal ReadOnlySpan<byte> Limit => _limit;

    /// <summary>Bits between two plaintexts in one number: a limb more than the first needs, so that one that is a little too large is told from a larger second one.</summary>
    internal int PairShift => (Factors * 256) + 64;

    /// <summary>The bound q^factors.</summary>
    /// <param name="factors">1 to <see cref="MaximumFactors"/>.</param>
    public static PlaintextBound Of(int factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factors, MaximumFactors);
        using var order = Limbs.FromBytes(GroupOrder, GroupOrder.Length / sizeof(ulong));
        var limit = order.Resized(order.Count);
        for (var i = 1; i < factors; i++)
        {
            var next = limit.Times(order);
            limit.Dispose();
            limit = next;
        }
        var bytes = new byte[limit.Count * sizeof(ulong)];
        limit.CopyTo(bytes);
        limit.Dispose();
        return new PlaintextBound(factors, bytes);
    }

    /// <summary>True if q^k · 2^128 is below 2^(bits − 1), and so below every modulus of that many bits. q is below 2^256 and nearly as large.</summary>
    public bool FitsInto(int modulusBits) => FitsInto(modulusBits, 0);

    /// <summary>The same for two plaintexts below the bound in one number, the second <see cref="PairShift"/> bits above the first.</summary>
    internal bool PairFitsInto(int modulusBits) => FitsInto(modulusBits, PairShift);

    private bool FitsInto(int modulusBits, int shift) => shift + (256 * Factors) + MarginBits <= modulusBits - 1;
}
