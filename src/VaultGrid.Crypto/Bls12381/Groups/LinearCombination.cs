using System.Numerics;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>Σ k_i·P_i for public scalars and points of the group of order r, in a time that depends on the scalars.</summary>
internal static class LinearCombination
{
    // From so many points on, filling buckets is cheaper than a table for each point.
    private const int BucketsFrom = 48;
    private const int NafWidth = 5;
    private const int TableSize = 1 << (NafWidth - 2);

    public static Projective<TField, TCurve> ComputeVarTime<TField, TCurve>(
        ReadOnlySpan<Projective<TField, TCurve>> points, ReadOnlySpan<Residue<GroupOrder>> scalars)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        if (points.Length != scalars.Length) throw new ArgumentException($"{points.Length} points and {scalars.Length} scalars.", nameof(scalars));
        var parts = new UInt128[points.Length * TCurve.Parts];
        for (var i = 0; i < points.Length; i++) TCurve.Split(scalars[i], parts.AsSpan(i * TCurve.Parts, TCurve.Parts));
        return points.Length < BucketsFrom ? Interleave(points, parts) : FillBuckets(points, parts);
    }

    // Straus, with the doublings shared by all parts of all scalars and each part in non-adjacent form of width 5.
    private static Projective<TField, TCurve> Interleave<TField, TCurve>(ReadOnlySpan<Projective<TField, TCurve>> points, UInt128[] parts)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        // The recoding of a number of 128 bits may be one digit longer.
        var length = TCurve.PartBits + 1;
        var digits = new sbyte[parts.Length * length];
        var highest = -1;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = digits.AsSpan(i * length, length);
            NonAdjacentForm(parts[i], part);
            highest = Math.Max(highest, part.LastIndexOfAnyExcept((sbyte)0));
        }

        // Odd multiples 1, 3, … 15 of every part's base, as far as they are needed: small numbers, such as parties' indices, need few.
        var tables = new Projective<TField, TCurve>[parts.Length * TableSize];
        for (var i = 0; i < points.Length; i++)
        {
            var first = i * TCurve.Parts * TableSize;
            var largest = Largest(digits.AsSpan(i * TCurve.Parts * length, TCurve.Parts * length));
            if (largest == 0) continue;
            tables[first] = points[i];
            if (largest > 1)
            {
                var twice = Projective<TField, TCurve>.Double(points[i]);
                for (var j = 1; j <= largest / 2; j++) tables[first + j] = tables[first + j - 1] + twice;
            }

            for (var part = 1; part < TCurve.Parts; part++)
            {
                var from = first + (part * TableSize);
                for (var j = 0; j <= largest / 2; j++) TCurve.Step(tables[from + j - TableSize], out tables[from + j]);
            }
        }

        var sum = Projective<TField, TCurve>.Infinity;
        for (var bit = highest; bit >= 0; bit--)
        {
            if (bit != highest) sum = Projective<TField, TCurve>.Double(sum);
            for (var i = 0; i < parts.Length; i++)
            {
                var digit = digits[(i * length) + bit];
                if (digit > 0) sum += tables[(i * TableSize) + (digit / 2)];
                else if (digit < 0) sum -= tables[(i * TableSize) + (-digit / 2)];
            }
        }

        return sum;
    }

    private static int Largest(ReadOnlySpan<sbyte> digits)
    {
        var largest = 0;
        foreach (var digit in digits) largest = Math.Max(largest, Math.Abs((int)digit));
        return largest;
    }

    // Digits are zero or odd, below 2^(width-1) in size, and of any `width` neighbours one at most is not zero.
    private static void NonAdjacentForm(UInt128 k, Span<sbyte> digits)
    {
        // k + 16 may need 129 bits: what overflows is kept.
        UInt128 overflow = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if ((k & 1) != 0)
            {
                var digit = (int)(k & ((1 << NafWidth) - 1));
                if (digit >= 1 << (NafWidth - 1)) digit -= 1 << NafWidth;
                digits[i] = (sbyte)digit;
                if (digit > 0)
                {
                    k -= (UInt128)digit;
                }
                else
                {
                    var next = k + (UInt128)(-digit);
                    if (next < k) overflow = (UInt128)1 << 127;
                    k = next;
                }
            }

            k = (k >> 1) | overflow;
            overflow = 0;
        }
    }

    // Pippenger: for each window, points with the same digit meet in a bucket; Σ d·bucket_d as a sum of sums from the top.
    private static Projective<TField, TCurve> FillBuckets<TField, TCurve>(ReadOnlySpan<Projective<TField, TCurve>> points, UInt128[] parts)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var bases = new Projective<TField, TCurve>[parts.Length];
        for (var i = 0; i < bases.Length; i++)
        {
            if (i % TCurve.Parts == 0) bases[i] = points[i / TCurve.Parts];
            else TCurve.Step(bases[i - 1], out bases[i]);
        }

        var window = Math.Clamp(BitOperations.Log2((uint)parts.Length) - 2, 4, 12);
        var buckets = new Projective<TField, TCurve>[1 << window];
        var sum = Projective<TField, TCurve>.Infinity;
        for (var shift = (TCurve.PartBits - 1) / window * window; shift >= 0; shift -= window)
        {
            for (var i = 0; i < window; i++) sum = Projective<TField, TCurve>.Double(sum);
            Array.Fill(buckets, Projective<TField, TCurve>.Infinity);
            for (var i = 0; i < parts.Length; i++)
            {
                var digit = (int)((ulong)(parts[i] >> shift) & ((1UL << window) - 1));
                if (digit != 0) buckets[digit] += bases[i];
            }

            var running = Projective<TField, TCurve>.Infinity;
            for (var digit = buckets.Length - 1; digit > 0; digit--)
            {
                running += buckets[digit];
                sum += running;
            }
        }

        return sum;
    }
}
