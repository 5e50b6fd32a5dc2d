using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// RIPEMD-160 (Dobbertin, Bosselaers, Preneel 1996; ISO/IEC 10118-3), which .NET does not have. Here only for Bitcoin's HASH160
/// (<see cref="Hash160"/>); nothing new should be built on it.
/// </summary>
public static class Ripemd160
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Size = 20;

    private const int BlockSize = 64;

    // Message word of each step, left line, then right line.
    private static ReadOnlySpan<byte> LeftWord =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ];

    private static ReadOnlySpan<byte> RightWord =>
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ];

    // Rotation of each step.
    private static ReadOnlySpan<byte> LeftShift =>
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    private static ReadOnlySpan<byte> RightShift =>
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    // Integer parts of 2^30 times the square roots (left) and cube roots (right) of 2, 3, 5, 7.
    private static ReadOnlySpan<uint> LeftConstant => [0x00000000, 0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xA953FD4E];

    private static ReadOnlySpan<uint> RightConstant => [0x50A28BE6, 0x5C4DD124, 0x6D703EF3, 0x7A6D76E9, 0x00000000];

    /// <summary>Writes the digest of <paramref name="data"/> to the first 20 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 20 bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (destination.Length < Size) throw new ArgumentException("A RIPEMD-160 digest needs 20 bytes.", nameof(destination));

        var bits = (ulong)data.Length * 8;
        Span<uint> chain = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
        for (; data.Length >= BlockSize; data = data[BlockSize..]) Compress(chain, data);

        // MD4 padding: 0x80, zeros, the length in bits as 64 little-endian bits; a second block where those do not fit.
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        data.CopyTo(tail);
        tail[data.Length] = 0x80;
        var length = data.Length + 9 <= BlockSize ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(length - 8)..], bits);
        for (var start = 0; start < length; start += BlockSize) Compress(chain, tail[start..]);

        for (var i = 0; i < chain.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 * i)..], chain[i]);
        CryptographicOperations.ZeroMemory(tail);
    }

    private static void Compress(Span<uint> chain, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (var i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);

        var left = Line(chain, words, LeftWord, LeftShift, LeftConstant, reversed: false);
        var right = Line(chain, words, RightWord, RightShift, RightConstant, reversed: true);

        var first = chain[1] + left.C + right.D;
        chain[1] = chain[2] + left.D + right.E;
        chain[2] = chain[3] + left.E + right.A;
        chain[3] = chain[4] + left.A + right.B;
        chain[4] = chain[0] + left.B + right.C;
        chain[0] = first;
    }

    // The two lines differ in their tables, and the right one takes the five boolean functions in reverse order.
    private static (uint A, uint B, uint C, uint D, uint E) Line(
        ReadOnlySpan<uint> chain, ReadOnlySpan<uint> words, ReadOnlySpan<byte> word, ReadOnlySpan<byte> shift, ReadOnlySpan<uint> constant, bool reversed)
    {
        var (a, b, c, d, e) = (chain[0], chain[1], chain[2], chain[3], chain[4]);
        for (var step = 0; step < 80; step++)
        {
            var round = step / 16;
            var sum = a + Mix(reversed ? 4 - round : round, b, c, d) + words[word[step]] + constant[round];
            var turned = BitOperations.RotateLeft(sum, shift[step]) + e;
            (a, e, d, c, b) = (e, d, BitOperations.RotateLeft(c, 10), b, turned);
        }

        return (a, b, c, d, e);
    }

    private static uint Mix(int round, uint x, uint y, uint z) => round switch
    {
        0 => x ^ y ^ z,
        1 => (x & y) | (~x & z),
        2 => (x | ~y) ^ z,
        3 => (x & z) | (y & ~z),
        _ => x ^ (y | ~z),
    };
}
