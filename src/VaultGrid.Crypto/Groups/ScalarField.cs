using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Groups;

/// <summary>
/// Arithmetic modulo an odd prime of at most 256 bits, for secrets: Montgomery multiplication on four 64-bit limbs. The order and the number
/// of operations depend on the modulus only; choices are masks; scratch lies on the stack and is wiped by the method that made it.
/// </summary>
/// <remarks>
/// One implementation serves every group (libsecp256k1 exports neither reduction nor inversion, libsodium has one modulus), and the tests compare
/// it with both libraries. Numbers are 32 bytes, in the byte order of their group.
/// </remarks>
internal sealed class ScalarField
{
    /// <summary>Bytes of a number.</summary>
    public const int Length = 32;

    private const int Limbs = 4;

    private readonly ulong[] _modulus = new ulong[Limbs];
    private readonly ulong[] _squaredRadix = [1, 0, 0, 0]; // R^2 mod m, R = 2^256
    private readonly ulong _inverse; // -m^-1 mod 2^64
    private readonly bool _littleEndian;

    /// <param name="modulus">32 bytes, big-endian: an odd prime.</param>
    /// <param name="littleEndian">The byte order of the group's scalars.</param>
    public ScalarField(ReadOnlySpan<byte> modulus, bool littleEndian)
    {
        Load(_modulus, modulus, littleEndian: false);
        _littleEndian = littleEndian;

        // Newton: x = m^-1 mod 2^3 is m itself for odd m; every step doubles the number of right bits.
        var x = _modulus[0];
        for (var bits = 3; bits < 64; bits *= 2) x *= 2 - (_modulus[0] * x);
        _inverse = unchecked(0UL - x);
        for (var i = 0; i < 512; i++) AddLimbs(_squaredRadix, _squaredRadix, _squaredRadix);
    }

    /// <summary>result = a + b.</summary>
    public void Add(Span<byte> result, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Combine(result, a, b, Operation.Add);

    /// <summary>result = a − b.</summary>
    public void Subtract(Span<byte> result, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Combine(result, a, b, Operation.Subtract);

    /// <summary>result = a · b.</summary>
    public void Multiply(Span<byte> result, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Combine(result, a, b, Operation.Multiply);

    /// <summary>result = a^(m − 2), the inverse of a; 0 for 0.</summary>
    public void Invert(Span<byte> result, ReadOnlySpan<byte> a)
    {
        Span<ulong> scratch = stackalloc ulong[3 * Limbs];
        var x = scratch[..Limbs];
        var power = scratch[Limbs..(2 * Limbs)];
        var exponent = scratch[(2 * Limbs)..];
        Load(x, a, _littleEndian);
        MultiplyMontgomery(x, x, _squaredRadix);
        exponent[0] = 1;
        MultiplyMontgomery(power, exponent, _squaredRadix);

        // The exponent is public, so branching on its bits tells nothing.
        _modulus.CopyTo(exponent);
        SubtractSmall(exponent, 2);
        for (var bit = 255; bit >= 0; bit--)
        {
            MultiplyMontgomery(power, power, power);
            if ((exponent[bit >> 6] >> (bit & 63) & 1) != 0) MultiplyMontgomery(power, power, x);
        }
        FromMontgomery(power);
        Store(result, power);
        Wipe(scratch);
    }

    /// <summary>result = wide mod m.</summary>
    /// <param name="result">32 bytes.</param>
    /// <param name="wide">At most 64 bytes, in the field's byte order.</param>
    public void Reduce(Span<byte> result, ReadOnlySpan<byte> wide)
    {
        if (wide.Length > 2 * Length) throw new ArgumentException($"At most {2 * Length} bytes are reduced, not {wide.Length}.", nameof(wide));
        Span<byte> padded = stackalloc byte[2 * Length];
        Span<ulong> scratch = stackalloc ulong[2 * Limbs];
        padded.Clear();
        wide.CopyTo(_littleEndian ? padded : padded[^wide.Length..]);
        var low = scratch[..Limbs];
        var high = scratch[Limbs..];
        Load(low, _littleEndian ? padded[..Length] : padded[Length..], _littleEndian);
        Load(high, _littleEndian ? padded[Length..] : padded[..Length], _littleEndian);

        // high·2^256 = Montgomery(high, R^2); low = Montgomery(Montgomery(low, R^2), 1). Both are below m.
        MultiplyMontgomery(high, high, _squaredRadix);
        MultiplyMontgomery(low, low, _squaredRadix);
        FromMontgomery(low);
        AddLimbs(low, low, high);
        Store(result, low);
        CryptographicOperations.ZeroMemory(padded);
        Wipe(scratch);
    }

    /// <summary>True if the number is below the modulus; the time does not depend on it.</summary>
    public bool IsReduced(ReadOnlySpan<byte> number)
    {
        Span<ulong> scratch = stackalloc ulong[Limbs];
        Load(scratch, number, _littleEndian);
        ulong borrow = 0;
        for (var i = 0; i < Limbs; i++) _ = SubtractWithBorrow(scratch[i], _modulus[i], ref borrow);
        Wipe(scratch);
        return borrow != 0;
    }

    /// <summary>Writes a small number.</summary>
    public void Write(Span<byte> result, ulong number)
    {
        Span<ulong> limbs = [number, 0, 0, 0];
        MultiplyMontgomery(limbs, limbs, _squaredRadix);
        FromMontgomery(limbs);
        Store(result, limbs);
    }

    private enum Operation
    {
        Add,
        Subtract,
        Multiply,
    }

    private void Combine(Span<byte> result, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Operation operation)
    {
        Span<ulong> scratch = stackalloc ulong[2 * Limbs];
        var x = scratch[..Limbs];
        var y = scratch[Limbs..];
        Load(x, a, _littleEndian);
        Load(y, b, _littleEndian);
        switch (operation)
        {
            case Operation.Add:
                AddLimbs(x, x, y);
                break;
            case Operation.Subtract:
                SubtractLimbs(x, x, y);
                break;
            case Operation.Multiply:
                MultiplyMontgomery(x, x, y); // a·b/R
                MultiplyMontgomery(x, x, _squaredRadix);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation.");
        }
        Store(result, x);
        Wipe(scratch);
    }

    // result = a·b/R mod m (Koç, Acar, Kaliski: CIOS), for a < 2^256 and b < m: the sum before the last subtraction is below 2m.
    private void MultiplyMontgomery(Span<ulong> result, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        for (var i = 0; i < Limbs; i++)
        {
            var x = a[i];
            ulong carry = 0;
            t0 = MultiplyAdd(x, b[0], t0, ref carry);
            t1 = MultiplyAdd(x, b[1], t1, ref carry);
            t2 = MultiplyAdd(x, b[2], t2, ref carry);
            t3 = MultiplyAdd(x, b[3], t3, ref carry);
            t4 += carry;
            ulong t5 = t4 < carry ? 1UL : 0UL;

            var k = t0 * _inverse;
            carry = 0;
            _ = MultiplyAdd(k, _modulus[0], t0, ref carry);
            t0 = MultiplyAdd(k, _modulus[1], t1, ref carry);
            t1 = MultiplyAdd(k, _modulus[2], t2, ref carry);
            t2 = MultiplyAdd(k, _modulus[3], t3, ref carry);
            t3 = t4 + carry;
            t4 = t5 + (t3 < carry ? 1UL : 0UL);
        }
        result[0] = t0;
        result[1] = t1;
        result[2] = t2;
        result[3] = t3;
        SubtractModulusOnce(result, t4);
    }

    private static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        var high = Math.BigMul(a, b, out var low);
        low += addend;
        high += low < addend ? 1UL : 0UL;
        low += carry;
        high += low < carry ? 1UL : 0UL;
        carry = high;
        return low;
    }

    private static ulong SubtractWithBorrow(ulong a, ulong b, ref ulong borrow)
    {
        var difference = a - b;
        var result = difference - borrow;
        borrow = (a < b ? 1UL : 0UL) | (difference < borrow ? 1UL : 0UL);
        return result;
    }

    private void AddLimbs(Span<ulong> result, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        ulong carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            var sum = a[i] + b[i];
            var overflow = sum < b[i] ? 1UL : 0UL;
            sum += carry;
            carry = overflow | (sum < carry ? 1UL : 0UL);
            result[i] = sum;
        }
        SubtractModulusOnce(result, carry);
    }

    private void SubtractLimbs(Span<ulong> result, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        ulong borrow = 0;
        for (var i = 0; i < Limbs; i++) result[i] = SubtractWithBorrow(a[i], b[i], ref borrow);

        var mask = unchecked(0UL - borrow);
        ulong carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            var sum = result[i] + (_modulus[i] & mask);
            var overflow = sum < result[i] ? 1UL : 0UL;
            sum += carry;
            carry = overflow | (sum < carry ? 1UL : 0UL);
            result[i] = sum;
        }
    }

    // number (with a bit of weight 2^256 above it) < 2m: takes m away if it is not below m.
    private void SubtractModulusOnce(Span<ulong> number, ulong above)
    {
        Span<ulong> difference = stackalloc ulong[Limbs];
        ulong borrow = 0;
        for (var i = 0; i < Limbs; i++) difference[i] = SubtractWithBorrow(number[i], _modulus[i], ref borrow);

        var keep = unchecked(0UL - (borrow & (above ^ 1))); // all ones where the number is below m
        for (var i = 0; i < Limbs; i++) number[i] = (number[i] & keep) | (difference[i] & ~keep);
        Wipe(difference);
    }

    private void FromMontgomery(Span<ulong> number)
    {
        ReadOnlySpan<ulong> one = [1, 0, 0, 0];
        MultiplyMontgomery(number, number, one);
    }

    private static void SubtractSmall(Span<ulong> number, ulong small)
    {
        var borrow = small;
        for (var i = 0; i < Limbs && borrow != 0; i++)
        {
            var before = number[i];
            number[i] -= borrow;
            borrow = before < borrow ? 1UL : 0UL;
        }
    }

    private static void Load(Span<ulong> limbs, ReadOnlySpan<byte> bytes, bool littleEndian)
    {
        if (bytes.Length != Length) throw new ArgumentException($"A scalar has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        for (var i = 0; i < Limbs; i++)
            limbs[i] = littleEndian
                ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..])
                : BinaryPrimitives.ReadUInt64BigEndian(bytes[(Length - (8 * (i + 1)))..]);
    }

    private void Store(Span<byte> bytes, ReadOnlySpan<ulong> limbs)
    {
        for (var i = 0; i < Limbs; i++)
        {
            if (_littleEndian) BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], limbs[i]);
            else BinaryPrimitives.WriteUInt64BigEndian(bytes[(Length - (8 * (i + 1)))..], limbs[i]);
        }
    }

    private static void Wipe(Span<ulong> limbs) => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
}
