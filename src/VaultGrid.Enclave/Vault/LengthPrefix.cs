using System.Buffers.Binary;

namespace VaultGrid.Enclave;

/// <summary>Parts behind their lengths (4 bytes, big-endian), of what may be secret: a part is a window into the memory that holds the whole.</summary>
internal static class LengthPrefix
{
    /// <summary>Cuts the first part off.</summary>
    /// <param name="rest">What is left to read; what follows the part afterwards.</param>
    /// <param name="part">The part, without its length.</param>
    /// <returns>False where it doesn't fit; nothing is cut off then.</returns>
    public static bool TryCut(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.Length < sizeof(uint)) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - sizeof(uint)) return false;
        part = rest.Slice(sizeof(uint), (int)length);
        rest = rest[(sizeof(uint) + (int)length)..];
        return true;
    }
}
