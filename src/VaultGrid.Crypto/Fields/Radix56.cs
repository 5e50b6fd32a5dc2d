using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace VaultGrid.Crypto.Fields;

/// <summary>
/// Digits of 56 bits in words of 64. The eight spare bits take the carries of a whole multiplication, so that no carry has to be
/// recovered by comparing (C# has no add-with-carry), and nothing could be compiled into a branch.
/// </summary>
internal static class Radix56
{
    public const int Bits = 56;
    public const ulong Mask = (1UL << Bits) - 1;

    /// <summary>
    /// High half of a·b. With b = d·2^8 for a digit d, the product is a·d·2^8, so this is floor(a·d / 2^56): the upper digit of a·d.
    /// The lower one is (a·b mod 2^64) / 2^8. mulx and imul take a time that does not depend on their operands.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    /// <summary>Splits a big-endian number into digits, the least first. It has at most 7·digits bytes.</summary>
    public static void Split(ReadOnlySpan<byte> bigEndian, Span<ulong> digits)
    {
        for (var i = 0; i < digits.Length; i++)
        {
            ulong digit = 0;
            var end = bigEndian.Length - (7 * i);
            for (var at = Math.Max(0, end - 7); at < end; at++) digit = (digit << 8) | bigEndian[at];
            digits[i] = digit;
        }
    }

    /// <summary>Writes a number below 2^(8·length), big-endian.</summary>
    public static void Join(ReadOnlySpan<ulong> digits, Span<byte> bigEndian)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < digits.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(word, digits[i]);
            var end = bigEndian.Length - (7 * i);
            var count = Math.Min(7, end);
            word[(8 - count)..].CopyTo(bigEndian[(end - count)..]);
        }

        word.Clear();
    }

    /// <summary>All ones if the value is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong IsZeroMask(ulong value) =>
        // The top bit of ~v & (v - 1) is set for v = 0 only, given v < 2^63.
        (ulong)((long)(~value & (value - 1)) >> 63);
}
