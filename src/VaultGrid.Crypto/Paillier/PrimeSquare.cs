using System.Diagnostics;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// Powers modulo p² for a secret odd p of n whole limbs, in constant time and about twice as fast as arithmetic on 2n limbs.
/// </summary>
/// <remarks>
/// A number mod p² is a pair (a, b) for a + b·p, both below p; as limbs, a then b. With R = 2^(64n), Montgomery reduction of a·c mod p finds m &lt; R
/// with a·c + m·p = R·w', that is a·c = R·(w + ε·p) − m·p, where w = w' − ε·p is below p and ε is 0 or 1. So
///   (a + b·p)·(c + d·p) = a·c + (a·d + b·c)·p = R·w + (R·ε + a·d + b·c − m)·p  (mod p²)
/// and dividing by R
///   w + (ε + (a·d + b·c − m)/R mod p)·p.
/// Subtracting m would need a sign, so the reduction takes m with a·c = R·w' + m·p instead, where w' &gt; −p: then ε·p is added to w', and
///   w + ((a·d + b·c + m)/R − ε mod p)·p.
/// Everything is a product or a reduction of n limbs; on 2n limbs each would cost four times as much.
/// </remarks>
[DebuggerDisplay("PrimeSquare(redacted)")]
internal sealed unsafe class PrimeSquare : IDisposable
{
    private const int WindowBits = 5;
    private const int WindowEntries = 1 << WindowBits;

    private readonly int _n;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _p;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _square;

    // p^-1 mod 2^64, and R² mod p² as a pair.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _inverse;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _toMontgomery;

    /// <param name="p">Odd, its highest bit set; it is copied.</param>
    public PrimeSquare(Limbs p)
    {
        _n = p.Count;
        _p = p.Resized(_n);
        _square = p.Times(p);
        _inverse = Limbs.FromValue(InverseOfLimb(p.First[0]), 1);
        using var radixSquared = new Limbs((2 * _n) + 1);
        radixSquared.First[2 * _n] = 1;
        _toMontgomery = Split(radixSquared);
    }

    /// <summary>p².</summary>
    public Limbs Square => _square;

    /// <summary>A number mod p² as a pair.</summary>
    public Limbs Split(Limbs number)
    {
        using var reduced = number.Modulo(_square);
        var (quotient, remainder) = reduced.DividedBy(_p);
        using (quotient)
        using (remainder)
        {
            var pair = new Limbs(2 * _n);
            for (var i = 0; i < _n; i++) (pair.First[i], pair.First[_n + i]) = (remainder.First[i], quotient.First[i]);
            GC.KeepAlive(pair);
            return pair;
        }
    }

    /// <summary>The number that a pair stands for: 2n limbs.</summary>
    public Limbs Join(Limbs pair)
    {
        using var high = High(pair);
        using var multiple = high.Times(_p);
        using var low = pair.Slice(0, _n);
        using var wide = low.Resized(2 * _n);
        return multiple.Plus(wide);
    }

    /// <summary>b of a pair: for a number that is 1 mod p, (number − 1)/p, Paillier's function L.</summary>
    public Limbs High(Limbs pair) => pair.Slice(_n, _n);

    /// <summary>pair^exponent mod p², as a pair; the time depends on how many limbs the exponent has.</summary>
    public Limbs Power(Limbs pair, Limbs exponent)
    {
        // The workspace: pair, accumulator, selected entry, then what products need, then the table of windows.
        var width = 2 * _n;
        using var memory = new Limbs((3 * width) + Product.LimbsFor(_n, ScratchLimbs()) + (WindowEntries * width));
        var accumulator = memory.First;
        var selected = accumulator + width;
        var one = selected + width;
        var table = one + width;
        var product = new Product(_n, _p.First, _inverse.First[0], table + (WindowEntries * width));

        one[0] = 1;
        product.Multiply(table, _toMontgomery.First, one);
        product.Multiply(table + width, _toMontgomery.First, pair.First);
        for (var i = 2; i < WindowEntries; i++)
        {
            // Even entries by squaring: cheaper, and which are even is public.
            if (i % 2 == 0) product.Square(table + (i * width), table + (i / 2 * width));
            else product.Multiply(table + (i * width), table + ((i - 1) * width), table + width);
        }

        // Fixed windows from the highest: the same sequence of operations for every exponent of this length.
        var bits = exponent.Count * 64;
        var windows = (bits + WindowBits - 1) / WindowBits;
        Mpn.Select(accumulator, table, width, WindowEntries, Window(exponent, windows - 1));
        for (var window = windows - 2; window >= 0; window--)
        {
            for (var i = 0; i < WindowBits; i++) product.Square(accumulator, accumulator);
            Mpn.Select(selected, table, width, WindowEntries, Window(exponent, window));
            product.Multiply(accumulator, accumulator, selected);
        }

        var result = new Limbs(width);
        product.Multiply(result.First, accumulator, one);
        GC.KeepAlive(pair);
        GC.KeepAlive(exponent);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>low·high^(2^bits) mod p², as a pair: for ciphertexts of Paillier, the one of low + 2^bits·high.</summary>
    public Limbs Pack(Limbs low, Limbs high, int bits)
    {
        var result = new Limbs(2 * _n);
        using var memory = new Limbs(Product.LimbsFor(_n, ScratchLimbs()));
        var product = new Product(_n, _p.First, _inverse.First[0], memory.First);

        product.Multiply(result.First, _toMontgomery.First, high.First);
        for (var i = 0; i < bits; i++) product.Square(result.First, result.First);

        // Only one factor is in Montgomery's form, so their product is in none.
        product.Multiply(result.First, result.First, low.First);
        GC.KeepAlive(low);
        GC.KeepAlive(high);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Wipes p and what was computed of it.</summary>
    public void Dispose()
    {
        _p.Dispose();
        _square.Dispose();
        _inverse.Dispose();
        _toMontgomery.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PrimeSquare(redacted)";

    private int ScratchLimbs() => Math.Max((int)Mpn.MultiplyScratch(_n, _n), (int)Mpn.SquareScratch(_n)) + 1;

    // Newton's iteration doubles the correct bits; p·p = 1 mod 8 starts it with three: 3, 6, 12, 24, 48, 96.
    private static ulong InverseOfLimb(ulong p)
    {
        var inverse = p;
        for (var i = 0; i < 5; i++) inverse = unchecked(inverse * (2 - (p * inverse)));
        return inverse;
    }

    // Bits of the exponent at a public place; a window may reach over two limbs, or beyond the highest.
    private static nint Window(Limbs exponent, int window)
    {
        var (limb, shift) = (window * WindowBits / 64, window * WindowBits % 64);
        var bits = exponent.First[limb] >> shift;
        if (shift > 64 - WindowBits && limb + 1 < exponent.Count) bits |= exponent.First[limb + 1] << (64 - shift);
        return (nint)(bits & (WindowEntries - 1));
    }

    /// <summary>Montgomery products of pairs, in a caller's workspace.</summary>
    private readonly ref struct Product
    {
        private readonly int _n;
        private readonly ulong* _p;
        private readonly ulong _inverse;
        private readonly ulong* _first; // a·c, 2n limbs
        private readonly ulong* _cross; // a·d + b·c + m, 2n limbs
        private readonly ulong* _other; // b·c, 2n limbs
        private readonly ulong* _quotient; // m, n limbs
        private readonly ulong* _trial; // n limbs
        private readonly ulong* _unit; // one limb and n − 1 zeros
        private readonly ulong* _scratch;

        public Product(int n, ulong* p, ulong inverse, ulong* workspace)
        {
            _n = n;
            _p = p;
            _inverse = inverse;
            _first = workspace;
            _cross = _first + (2 * n);
            _other = _cross + (2 * n);
            _quotient = _other + (2 * n);
            _trial = _quotient + n;
            _unit = _trial + n;
            _scratch = _unit + n;
        }

        public static int LimbsFor(int n, int scratch) => (9 * n) + scratch;

        /// <summary>result = x·y/R; result may be x or y.</summary>
        public void Multiply(ulong* result, ulong* x, ulong* y)
        {
            Mpn.Multiply(_first, x, _n, y, _n, _scratch);
            Mpn.Multiply(_cross, x, _n, y + _n, _n, _scratch);
            Mpn.Multiply(_other, x + _n, _n, y, _n, _scratch);
            Finish(result, Mpn.Add(_cross, _cross, _other, 2 * _n));
        }

        /// <summary>result = x·x/R; result may be x.</summary>
        public void Square(ulong* result, ulong* x)
        {
            Mpn.Square(_first, x, _n, _scratch);
            Mpn.Multiply(_cross, x, _n, x + _n, _n, _scratch);
            Finish(result, Mpn.Add(_cross, _cross, _cross, 2 * _n));
        }

        private void Finish(ulong* result, ulong carry)
        {
            // a·c = R·w' + m·p: subtract m·p limb by limb, lowest first. Each limb that becomes zero keeps the borrow of its row instead.
            var n = _n;
            for (var i = 0; i < n; i++)
            {
                var m = unchecked(_first[i] * _inverse);
                _quotient[i] = m;
                _first[i] = Mpn.SubtractMultiple(_first + i, _p, n, m);
            }
            var negative = Mpn.Subtract(result, _first + n, _first, n);
            _ = Mpn.AddIf(negative, result, result, _p, n);

            // a·d + b·c + m, whose highest bits are in the carry.
            carry += AddUnit(_cross + n, Mpn.Add(_cross, _cross, _quotient, n));

            // Divided by R by adding a multiple of p this time: below 3p − 1, since a·d + b·c ≤ 2(p − 1)², m < R, and the multiple is below R·p.
            for (var i = 0; i < n; i++)
            {
                var m = unchecked((0 - _cross[i]) * _inverse);
                _cross[i] = Mpn.AddMultiple(_cross + i, _p, n, m);
            }
            var high = result + n;
            carry += Mpn.Add(high, _cross + n, _cross, n);

            // Less ε, plus p so that it stays positive: at least 0 and below 4p. Three conditional subtractions make it less than p.
            carry += Mpn.Add(high, high, _p, n);
            _unit[0] = negative;
            carry -= Mpn.Subtract(high, high, _unit, n);
            for (var i = 0; i < 3; i++)
            {
                var borrow = Mpn.Subtract(_trial, high, _p, n);
                var above = (carry | (carry >> 1) | (borrow ^ 1)) & 1;
                carry -= Mpn.SubtractIf(above, high, high, _p, n);
            }
        }

        private ulong AddUnit(ulong* number, ulong limb)
        {
            _unit[0] = limb;
            return Mpn.Add(number, number, _unit, _n);
        }
    }
}
