using System.Globalization;

namespace VaultGrid.Channels;

/// <summary>
/// A message as short lines of capital letters, digits and a few signs (the alphanumeric mode of QR codes, ISO/IEC 18004): each says to which message it
/// belongs, which part of how many it is, and carries a checksum. Lines may come in any order, and more than once.
/// <c>VGC1:&lt;message&gt;:&lt;part&gt;/&lt;parts&gt;:&lt;checksum&gt;:&lt;bytes in Base32&gt;</c>
/// </summary>
public static class ChunkText
{
    /// <summary>Bytes of a message in one line: a QR code that a camera reads from a screen or from paper.</summary>
    public const int PayloadLength = 600;

    /// <summary>The most parts of a message.</summary>
    public const int MostParts = (ChannelMessage.Limit / PayloadLength) + 1;

    internal const string Prefix = "VGC1";
    internal const int NameLength = 16;
    internal const int ChecksumLength = 5;

    /// <summary>Cuts a message into lines.</summary>
    public static IReadOnlyList<string> Split(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty || message.Length > ChannelMessage.Limit) throw new ArgumentException($"A message has 1 to {ChannelMessage.Limit} bytes.", nameof(message));
        var name = Base32.Encode(NameOf(message));
        var parts = (message.Length + PayloadLength - 1) / PayloadLength;
        var lines = new string[parts];
        for (var i = 0; i < parts; i++)
        {
            var payload = message[(i * PayloadLength)..Math.Min((i + 1) * PayloadLength, message.Length)];
            var head = string.Create(CultureInfo.InvariantCulture, $"{Prefix}:{name}:{i + 1}/{parts}");
            lines[i] = $"{head}:{Base32.Encode(Checksum(head, payload))}:{Base32.Encode(payload)}";
        }

        return lines;
    }

    /// <summary>The first 16 bytes of the message's SHA-256: its name in its lines.</summary>
    internal static byte[] NameOf(ReadOnlySpan<byte> message) => Hash256.Sha256(message).ToArray()[..NameLength];

    internal static byte[] Checksum(string head, ReadOnlySpan<byte> payload) =>
        Hash256.Sha256([.. System.Text.Encoding.ASCII.GetBytes(head), (byte)':', .. payload]).ToArray()[..ChecksumLength];
}
