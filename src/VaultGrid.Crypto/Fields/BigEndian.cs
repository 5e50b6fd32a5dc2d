namespace VaultGrid.Crypto.Fields;

/// <summary>Comparison of big-endian numbers without a branch on them.</summary>
internal static class BigEndian
{
    /// <summary>All ones if left is below right; both have the same length.</summary>
    public static ulong IsBelow(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        // The borrow of left - right, from the least byte up.
        var borrow = 0;
        for (var i = left.Length - 1; i >= 0; i--) borrow = (left[i] - right[i] + borrow) >> 8;
        return (ulong)(long)borrow;
    }
}
