using System.Buffers.Binary;
using System.Diagnostics;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// A non-negative integer of a fixed number of 64-bit limbs, least significant first, in locked memory. Its length is public, its value is not:
/// every operation takes time by lengths alone. Results are new numbers.
/// </summary>
[DebuggerDisplay("Limbs(redacted)")]
internal sealed unsafe class Limbs : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _memory;

    public Limbs(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _memory = new SecretBytes(count * sizeof(ulong));
        Count = count;
    }

    /// <summary>How many limbs there are.</summary>
    public int Count { get; }

    /// <summary>The first limb. Valid while this object is reachable and not disposed of.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ulong* First => (ulong*)_memory.Handle.DangerousGetHandle();

    /// <summary>Copies a big-endian number in.</summary>
    /// <param name="bigEndian">At most 8 bytes for each limb.</param>
    /// <param name="count">Limbs of the result.</param>
    public static Limbs FromBytes(ReadOnlySpan<byte> bigEndian, int count)
    {
        if (bigEndian.Length > count * sizeof(ulong)) throw new ArgumentException($"The number does not fit into {count} limbs.", nameof(bigEndian));
        var number = new Limbs(count);
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        for (var i = 0; bigEndian.Length > 0; i++)
        {
            var size = Math.Min(sizeof(ulong), bigEndian.Length);
            last.Clear();
            bigEndian[^size..].CopyTo(last[^size..]);
            number.First[i] = BinaryPrimitives.ReadUInt64BigEndian(last);
            bigEndian = bigEndian[..^size];
        }
        last.Clear();
        GC.KeepAlive(number);
        return number;
    }

    /// <summary>A number of one limb, in as many limbs as wanted.</summary>
    public static Limbs FromValue(ulong value, int count)
    {
        var number = new Limbs(count);
        number.First[0] = value;
        return number;
    }

    /// <summary>The same number in more limbs, or in fewer where the rest is known to be zero.</summary>
    public Limbs Resized(int count)
    {
        var copy = new Limbs(count);
        var kept = Math.Min(count, Count) * sizeof(ulong);
        _memory.Span[..kept].CopyTo(copy._memory.Span);
        GC.KeepAlive(this);
        return copy;
    }

    /// <summary>Some of the limbs, as a number.</summary>
    public Limbs Slice(int first, int count)
    {
        var slice = new Limbs(count);
        _memory.Span.Slice(first * sizeof(ulong), count * sizeof(ulong)).CopyTo(slice._memory.Span);
        GC.KeepAlive(this);
        return slice;
    }

    /// <summary>Writes the number, big-endian, into exactly 8 bytes for each limb.</summary>
    public void CopyTo(Span<byte> bigEndian)
    {
        if (bigEndian.Length != Count * sizeof(ulong)) throw new ArgumentException($"The number has {Count * sizeof(ulong)} bytes.", nameof(bigEndian));
        for (var i = 0; i < Count; i++) BinaryPrimitives.WriteUInt64BigEndian(bigEndian[^((i + 1) * sizeof(ulong))..], First[i]);
        GC.KeepAlive(this);
    }

    /// <summary>this · other, in as many limbs as both have.</summary>
    public Limbs Times(Limbs other)
    {
        var (longer, shorter) = Count >= other.Count ? (this, other) : (other, this);
        var product = new Limbs(Count + other.Count);
        using var scratch = Scratch(Mpn.MultiplyScratch(longer.Count, shorter.Count));
        Mpn.Multiply(product.First, longer.First, longer.Count, shorter.First, shorter.Count, scratch.First);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        return product;
    }

    /// <summary>this mod modulus, in as many limbs as the modulus has.</summary>
    /// <param name="modulus">Its highest limb is not zero.</param>
    public Limbs Modulo(Limbs modulus)
    {
        if (Count < modulus.Count) return Resized(modulus.Count);
        using var dividend = Resized(Count);
        using var scratch = Scratch(Mpn.RemainderScratch(Count, modulus.Count));
        Mpn.Remainder(dividend.First, Count, modulus.First, modulus.Count, scratch.First);
        GC.KeepAlive(modulus);
        return dividend.Resized(modulus.Count);
    }

    /// <summary>Quotient and remainder by a divisor whose highest limb is not zero.</summary>
    public (Limbs Quotient, Limbs Remainder) DividedBy(Limbs divisor)
    {
        using var dividend = Resized(Math.Max(Count, divisor.Count));
        var quotient = new Limbs(dividend.Count - divisor.Count + 1);
        using var scratch = Scratch(Mpn.DivideScratch(dividend.Count, divisor.Count));
        quotient.First[quotient.Count - 1] =
            Mpn.Divide(quotient.First, dividend.First, dividend.Count, divisor.First, divisor.Count, scratch.First);
        GC.KeepAlive(divisor);
        return (quotient, dividend.Resized(divisor.Count));
    }

    /// <summary>this + other mod 2^(64·limbs); both have the same number of limbs.</summary>
    public Limbs Plus(Limbs other)
    {
        RequireSameCount(other);
        var sum = new Limbs(Count);
        _ = Mpn.Add(sum.First, First, other.First, Count);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        return sum;
    }

    /// <summary>this − other mod 2^(64·limbs); both have the same number of limbs.</summary>
    public Limbs Minus(Limbs other)
    {
        RequireSameCount(other);
        var difference = new Limbs(Count);
        _ = Mpn.Subtract(difference.First, First, other.First, Count);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        return difference;
    }

    /// <summary>this + other mod modulus, all three of one length and both summands below the modulus.</summary>
    public Limbs PlusModulo(Limbs other, Limbs modulus)
    {
        RequireSameCount(other);
        RequireSameCount(modulus);
        var sum = new Limbs(Count);
        using var reduced = new Limbs(Count);
        var carry = Mpn.Add(sum.First, First, other.First, Count);
        var borrow = Mpn.Subtract(reduced.First, sum.First, modulus.First, Count);
        _ = Mpn.SubtractIf(carry | (borrow ^ 1), sum.First, sum.First, modulus.First, Count);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        GC.KeepAlive(modulus);
        return sum;
    }

    /// <summary>this − other mod modulus, all three of one length and both below the modulus.</summary>
    public Limbs MinusModulo(Limbs other, Limbs modulus)
    {
        RequireSameCount(other);
        RequireSameCount(modulus);
        var difference = new Limbs(Count);
        var borrow = Mpn.Subtract(difference.First, First, other.First, Count);
        _ = Mpn.AddIf(borrow, difference.First, difference.First, modulus.First, Count);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        GC.KeepAlive(modulus);
        return difference;
    }

    /// <summary>this · other mod modulus.</summary>
    public Limbs TimesModulo(Limbs other, Limbs modulus)
    {
        using var product = Times(other);
        return product.Modulo(modulus);
    }

    /// <summary>this^exponent mod modulus.</summary>
    /// <param name="exponent">Any number; all its limbs are walked through.</param>
    /// <param name="modulus">Odd, its highest limb not zero.</param>
    public Limbs PowerModulo(Limbs exponent, Limbs modulus)
    {
        if ((modulus.First[0] & 1) == 0) throw new ArgumentException("The modulus is even.", nameof(modulus));
        var bits = (nuint)(exponent.Count * 64);
        var power = new Limbs(modulus.Count);
        using var scratch = Scratch(Mpn.PowerScratch(Count, bits, modulus.Count));
        Mpn.Power(power.First, First, Count, exponent.First, bits, modulus.First, modulus.Count, scratch.First);
        GC.KeepAlive(this);
        GC.KeepAlive(exponent);
        GC.KeepAlive(modulus);
        return power;
    }

    /// <summary>this^-1 mod modulus, or null where there is none (whether there is one is not kept secret).</summary>
    /// <param name="modulus">Odd, of the same length; this number is below it.</param>
    public Limbs? InverseModulo(Limbs modulus)
    {
        RequireSameCount(modulus);
        var inverse = new Limbs(Count);
        using var value = Resized(Count);
        using var scratch = Scratch(Mpn.InvertScratch(Count));
        var found = Mpn.Invert(inverse.First, value.First, modulus.First, Count, (nuint)(2 * 64 * Count), scratch.First) == 1;
        GC.KeepAlive(modulus);
        if (found) return inverse;
        inverse.Dispose();
        return null;
    }

    /// <summary>True if every limb is zero. The answer is public from here on.</summary>
    public bool IsZero()
    {
        var any = 0UL;
        for (var i = 0; i < Count; i++) any |= First[i];
        GC.KeepAlive(this);
        return any == 0;
    }

    /// <summary>True if this is less than a number of the same length. The answer is public from here on.</summary>
    public bool IsBelow(Limbs other)
    {
        RequireSameCount(other);
        using var difference = new Limbs(Count);
        var borrow = Mpn.Subtract(difference.First, First, other.First, Count);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        return borrow != 0;
    }

    /// <summary>True if both, of the same length, are the same number. The answer is public from here on.</summary>
    public bool IsEqualTo(Limbs other)
    {
        using var difference = Minus(other);
        return difference.IsZero();
    }

    /// <summary>Wipes the number.</summary>
    public void Dispose() => _memory.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "Limbs(redacted)";

    // GMP may ask for no scratch at all; a block of one limb is as good.
    private static Limbs Scratch(nint limbs) => new(Math.Max(1, checked((int)limbs)));

    private void RequireSameCount(Limbs other)
    {
        if (other.Count != Count) throw new ArgumentException($"The numbers have {Count} and {other.Count} limbs.", nameof(other));
    }
}
