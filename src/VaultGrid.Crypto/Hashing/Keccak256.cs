using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with rate 1088 and capacity 512, but with the original padding byte 0x01
/// (Keccak submission, round 3), so it is not SHA3-256.
/// </summary>
public static class Keccak256
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Size = 32;

    /// <summary>The rate: bytes absorbed between two permutations.</summary>
    internal const int Rate = 136;

    /// <summary>The digest of <paramref name="data"/>, 32 bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var digest = new byte[Size];
        Hash(data, digest);
        return digest;
    }

    /// <summary>Writes the digest of <paramref name="data"/> to the first 32 bytes of <paramref name="destination"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (destination.Length < Size) throw new ArgumentException("A Keccak-256 digest needs 32 bytes.", nameof(destination));

        Span<ulong> state = stackalloc ulong[KeccakPermutation.Lanes];
        state.Clear();
        for (; data.Length >= Rate; data = data[Rate..]) Absorb(state, data[..Rate]);

        // pad10*1 with no domain bits: a one bit straight after the message, a one bit at the end of the rate.
        // With a message of 135 bytes left both fall into the same byte (0x81), which is why the second is or-ed.
        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[Rate - 1] |= 0x80;
        Absorb(state, last);

        // 32 bytes are less than the rate, so one squeeze is enough.
        for (var lane = 0; lane < Size / 8; lane++)
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(lane * 8)..], state[lane]);

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(state));
        CryptographicOperations.ZeroMemory(last);
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var lane = 0; lane < Rate / 8; lane++)
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * 8)..]);
        KeccakPermutation.Apply(state);
    }
}
