using System.Buffers.Binary;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>The fields of one protocol-buffers message (its encoding specification): enough to read what an exporter sent.</summary>
internal static class ProtobufFields
{
    /// <summary>Every field with its number: the bytes of a length-delimited one, of others their value as eight bytes, little-endian.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Of(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                var other => throw new InvalidDataException($"wire type {other}"),
            };
            if ((tag & 7) == 0)
            {
                var value = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(value, Varint(message.Span, ref at));
                yield return ((int)(tag >> 3), value);
                continue;
            }

            yield return ((int)(tag >> 3), message.Slice(at, length));
            at += length;
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = from[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
