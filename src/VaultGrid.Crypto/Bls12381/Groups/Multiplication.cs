using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>k·P for a secret k: the same field operations and memory accesses whatever k is.</summary>
internal static class Multiplication
{
    /// <summary>Bits of a window.</summary>
    public const int Window = 4;

    /// <summary>Multiples that a window can ask for.</summary>
    public const int TableSize = 1 << Window;

    /// <summary>
    /// Splits k by the endomorphism into parts (Gallant, Lambert, Vanstone; Galbraith, Lin, Scott 2008/194), and adds, window by window from the top, one
    /// entry of each part's table. A table is read as a whole, and entry 0 is infinity: the formulas are complete, so nothing is skipped.
    /// </summary>
    /// <remarks>The point is in the group of order r: the endomorphism is a multiplication there only.</remarks>
    public static Projective<TField, TCurve> Multiply<TField, TCurve>(in Projective<TField, TCurve> point, in Residue<GroupOrder> scalar)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var result = Core(point, scalar);

        // The frames below held windows of k and sums that give them away. They are gone, and what comes next there may be a long time coming.
        StackResidue.Wipe();
        return result;
    }

    /// <summary>The same for a scalar in its encoding, 32 bytes, below r.</summary>
    public static Projective<TField, TCurve> Multiply<TField, TCurve>(in Projective<TField, TCurve> point, SecretBytes scalar)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        if (!Residue<GroupOrder>.TryRead(scalar.Span, out var k)) throw new ArgumentException("The scalar is not below the order.", nameof(scalar));
        try
        {
            return Multiply(point, k);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Residue<GroupOrder>>(ref k)));
            GC.KeepAlive(scalar);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static Projective<TField, TCurve> Core<TField, TCurve>(in Projective<TField, TCurve> point, in Residue<GroupOrder> scalar)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var parts = TCurve.Parts;
        Span<UInt128> k = stackalloc UInt128[parts];
        TCurve.Split(scalar, k);

        Span<Projective<TField, TCurve>> tables = stackalloc Projective<TField, TCurve>[parts * TableSize];
        tables[0] = Projective<TField, TCurve>.Infinity;
        tables[1] = point;
        for (var i = 2; i < TableSize; i += 2)
        {
            tables[i] = Projective<TField, TCurve>.Double(tables[i / 2]);
            tables[i + 1] = tables[i] + point;
        }

        for (var i = TableSize; i < tables.Length; i++) TCurve.Step(tables[i - TableSize], out tables[i]);

        var sum = Projective<TField, TCurve>.Infinity;
        for (var shift = TCurve.PartBits - Window; shift >= 0; shift -= Window)
        {
            for (var i = 0; i < Window; i++) sum = Projective<TField, TCurve>.Double(sum);
            for (var part = 0; part < parts; part++)
            {
                var digit = (ulong)(k[part] >> shift) & (TableSize - 1);
                sum += Read(tables.Slice(part * TableSize, TableSize), digit);
            }
        }

        return sum;
    }

    /// <summary>Every entry is loaded, and kept under a mask that is all ones for one of them.</summary>
    public static Projective<TField, TCurve> Read<TField, TCurve>(ReadOnlySpan<Projective<TField, TCurve>> table, ulong index)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var found = default(Projective<TField, TCurve>);
        var words = MemoryMarshal.Cast<Projective<TField, TCurve>, ulong>(new Span<Projective<TField, TCurve>>(ref found));
        var all = MemoryMarshal.Cast<Projective<TField, TCurve>, ulong>(table);
        for (var i = 0; i < table.Length; i++)
        {
            var mask = Radix56.IsZeroMask((ulong)i ^ index);
            var entry = all.Slice(i * words.Length, words.Length);
            var at = 0;
            for (; at <= words.Length - Vector256<ulong>.Count; at += Vector256<ulong>.Count)
            {
                var kept = Vector256.Create<ulong>(words[at..]) | (Vector256.Create(entry[at..]) & Vector256.Create(mask));
                kept.CopyTo(words[at..]);
            }

            for (; at < words.Length; at++) words[at] |= entry[at] & mask;
        }

        return found;
    }
}
