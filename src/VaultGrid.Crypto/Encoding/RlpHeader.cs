using System.Buffers.Binary;

namespace VaultGrid.Crypto;

/// <summary>The prefix of an RLP value: one byte up to 55 payload bytes, else one byte and the length in big-endian without leading zeros.</summary>
internal readonly record struct RlpHeader(bool IsList, int HeaderLength, int PayloadLength)
{
    internal const byte ShortString = 0x80;
    internal const byte ShortList = 0xC0;

    /// <summary>The longest payload whose length fits into the prefix byte itself.</summary>
    private const int MaxShort = 55;

    /// <summary>Length of the header before a payload, where there is one.</summary>
    internal static int Length(int payloadLength) => payloadLength <= MaxShort ? 1 : 1 + LengthOfLength(payloadLength);

    internal static int Write(Span<byte> destination, byte shortPrefix, int payloadLength)
    {
        if (payloadLength <= MaxShort)
        {
            destination[0] = (byte)(shortPrefix + payloadLength);
            return 1;
        }

        Span<byte> bigEndian = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bigEndian, payloadLength);
        var lengthOfLength = LengthOfLength(payloadLength);
        destination[0] = (byte)(shortPrefix + MaxShort + lengthOfLength);
        bigEndian[^lengthOfLength..].CopyTo(destination[1..]);
        return 1 + lengthOfLength;
    }

    /// <summary>
    /// Reads the header at the start of <paramref name="input"/>, which may not be empty. Null where the header or its payload is cut off or the header is
    /// not the shortest one; <paramref name="fault"/> says which.
    /// </summary>
    internal static RlpHeader? Read(ReadOnlySpan<byte> input, out string fault)
    {
        fault = "";
        var prefix = input[0];
        if (prefix < ShortString) return new RlpHeader(false, 0, 1);

        var isList = prefix >= ShortList;
        var length = prefix - (isList ? ShortList : ShortString);
        var headerLength = 1;
        if (length > MaxShort)
        {
            headerLength = 1 + length - MaxShort;
            if (ReadLength(input[1..], length - MaxShort, out fault) is not { } longLength) return null;
            length = longLength;
        }

        if (length > input.Length - headerLength) fault = "a value is longer than the bytes that are left";
        else if (!isList && length == 1 && input[headerLength] < ShortString) fault = "a single byte below 0x80 has a needless prefix";
        else return new RlpHeader(isList, headerLength, length);
        return null;
    }

    private static int? ReadLength(ReadOnlySpan<byte> input, int lengthOfLength, out string fault)
    {
        fault = "";
        if (lengthOfLength > input.Length) fault = "a length is cut off";
        else if (input[0] == 0) fault = "a length has a leading zero";
        else if (lengthOfLength >= sizeof(int)) fault = "a value is longer than the bytes that are left";
        if (fault.Length > 0) return null;

        var length = 0;
        foreach (var part in input[..lengthOfLength]) length = (length << 8) | part;
        if (length > MaxShort) return length;
        fault = "a short length is written in the long form";
        return null;
    }

    private static int LengthOfLength(int payloadLength) => payloadLength switch
    {
        < 1 << 8 => 1,
        < 1 << 16 => 2,
        < 1 << 24 => 3,
        _ => 4,
    };
}
