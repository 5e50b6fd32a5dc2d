using System.Buffers.Binary;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>Public numbers from 1 to the order of P-256 less 1: four limbs, least significant first. The time taken depends on them.</summary>
internal static unsafe class P256Order
{
    public const int Limbs = 4;

    // FIPS 186-5, SP 800-186, 3.2.1.3.
    private static ReadOnlySpan<ulong> Order => [0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff, 0xffffffff00000000];

    /// <summary>Reads 32 bytes, big-endian.</summary>
    /// <returns>False for zero, and for the order and all above it.</returns>
    public static bool TryReadVarTime(ReadOnlySpan<byte> bigEndian, Span<ulong> number)
    {
        for (var i = 0; i < Limbs; i++) number[i] = BinaryPrimitives.ReadUInt64BigEndian(bigEndian[((Limbs - 1 - i) * sizeof(ulong))..]);
        for (var i = Limbs - 1; i >= 0; i--)
        {
            if (number[i] != Order[i]) return number[i] < Order[i] && number.ContainsAnyExcept(0UL);
        }

        return false;
    }

    /// <summary>The inverse modulo the order.</summary>
    /// <param name="number">One that <see cref="TryReadVarTime"/> took.</param>
    /// <param name="inverse">Four limbs to write.</param>
    public static void InvertVarTime(ReadOnlySpan<ulong> number, Span<ulong> inverse)
    {
        ulong* left = stackalloc ulong[Limbs], right = stackalloc ulong[Limbs], gcd = stackalloc ulong[Limbs], cofactor = stackalloc ulong[Limbs + 1];
        number.CopyTo(new(left, Limbs));
        Order.CopyTo(new(right, Limbs));
        nint count;
        _ = Mpn.ExtendedGcdVarTime(gcd, cofactor, &count, left, Limbs, right, Limbs);

        // The order is prime, so the divisor is 1 and the cofactor is the inverse: less than half of the order in size, and of either sign.
        inverse.Clear();
        new ReadOnlySpan<ulong>(cofactor, (int)Math.Abs(count)).CopyTo(inverse);
        if (count > 0) return;
        Order.CopyTo(new(right, Limbs));
        fixed (ulong* result = inverse) _ = Mpn.Subtract(result, right, result, Limbs);
    }
}
