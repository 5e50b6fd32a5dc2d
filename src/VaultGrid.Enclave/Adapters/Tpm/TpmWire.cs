using System.Buffers.Binary;

namespace VaultGrid.Enclave;

/// <summary>The TPM's wire form on top of ours: both are big-endian; the TPM counts in 16 bits.</summary>
internal static class TpmWire
{
    /// <summary>A UINT16.</summary>
    public static WireWriter U16(this WireWriter writer, int value) => writer.U8((byte)(value >> 8)).U8((byte)value);

    /// <summary>A TPM2B: bytes behind their length.</summary>
    public static WireWriter Sized(this WireWriter writer, ReadOnlySpan<byte> value) => writer.U16(value.Length).Fixed(value);

    /// <summary>A UINT16.</summary>
    public static ushort U16(ref WireReader reader)
    {
        var at = reader.Fixed(sizeof(ushort));
        return at.IsEmpty ? default : BinaryPrimitives.ReadUInt16BigEndian(at);
    }

    /// <summary>A TPM2B: bytes behind their length.</summary>
    public static ReadOnlySpan<byte> Sized(ref WireReader reader) => reader.Fixed(U16(ref reader));
}
