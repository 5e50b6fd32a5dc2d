using System.Numerics;

namespace VaultGrid.Crypto;

/// <summary>
/// Memory for secrets outside the garbage-collected heap: small blocks come from shared slabs by powers of two, larger ones
/// have pages of their own, a few of which are kept for the next. Every block is zero when rented and is wiped when it returns.
/// </summary>
internal static class LockedArena
{
    /// <summary>The largest block that shares pages.</summary>
    internal const int LargestSlabBlock = 4096;

    private const int SmallestBlock = 32;
    private const int SlabBytes = 16 * 1024;

    private const int MostSpares = 8;
    private const int LongestSpare = 32 * 1024;

    private static readonly LockedSpares Spares = new(MostSpares, LongestSpare);

    private static readonly LockedSlabs[] Classes = [.. Enumerable
        .Range(0, BitOperations.Log2(LargestSlabBlock / SmallestBlock) + 1)
        .Select(shift => new LockedSlabs(SmallestBlock << shift, SlabBytes))];

    /// <summary>Rents a zeroed block.</summary>
    /// <param name="length">Bytes, at least 0.</param>
    /// <exception cref="LockedMemoryException">The operating system refuses to lock more memory.</exception>
    public static LockedBlock Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > LargestSlabBlock)
        {
            var pages = Spares.Rent(length);
            return new LockedBlock(pages.Address, length, () => Spares.Return(pages));
        }

        var size = Math.Max(SmallestBlock, (int)BitOperations.RoundUpToPowerOf2((uint)length));
        var slabs = Classes[BitOperations.Log2((uint)(size / SmallestBlock))];
        var address = slabs.Rent(out var slab);
        return new LockedBlock(address, length, () => slabs.Return(slab, address));
    }
}
