using System.Globalization;

namespace VaultGrid.Channels;

/// <summary>Puts messages together from lines in any order. Bounded: what a stranger shows to a camera can't fill the memory.</summary>
public sealed class ChunkAssembler
{
    /// <summary>The most messages that are put together at a time.</summary>
    public const int MostMessages = 256;

    private readonly Dictionary<string, Parts> _open = new(StringComparer.Ordinal);
    private long _held;

    /// <summary>Messages of which parts are missing, with their numbers.</summary>
    public IReadOnlyList<(string Message, IReadOnlyList<int> Missing)> Missing =>
        [.. _open.OrderBy(open => open.Key, StringComparer.Ordinal)
            .Select(open => (open.Key, (IReadOnlyList<int>)[.. Enumerable.Range(1, open.Value.Count).Where(part => !open.Value.Got.ContainsKey(part))]))];

    /// <summary>Takes a line; what a reader of QR codes writes before it (<c>QR-Code:</c>) is left out.</summary>
    /// <param name="line">The line.</param>
    /// <param name="whole">The message, where this was its last part; null where some are missing.</param>
    /// <returns>Done, or <c>input.malformed</c>: no part of a message, or a damaged one; <c>input.too-large</c>: too many at a time.</returns>
    public Outcome<Done> Take(string line, out ChannelMessage? whole)
    {
        ArgumentNullException.ThrowIfNull(line);
        whole = null;
        var text = line.Trim();
        if (text.StartsWith("QR-Code:", StringComparison.Ordinal)) text = text["QR-Code:".Length..];
        if (!TryRead(text, out var name, out var part, out var count, out var payload)) return Malformed("a line is not a part of a message, or was damaged on its way");

        if (!_open.TryGetValue(name, out var parts))
        {
            if (_open.Count >= MostMessages) return new Refusal(RefusalCode.InputTooLarge, $"at most {MostMessages} messages are put together at a time");
            _open.Add(name, parts = new Parts(count));
        }

        if (parts.Count != count) return Malformed("two parts of one message disagree about how many there are");
        if (parts.Got.TryGetValue(part, out var known))
            return PublicBytes.Equal(known, payload) ? default(Done) : Malformed("a part of a message came twice with different bytes");
        if ((_held += payload.Length) > 4L * ChannelMessage.Limit) return new Refusal(RefusalCode.InputTooLarge, "too much is being put together at a time");
        parts.Got.Add(part, payload);
        if (parts.Got.Count < count) return default(Done);
        if (!Whole(name, parts).Is(out whole, out var refusal)) return refusal;
        return default(Done);
    }

    private Outcome<ChannelMessage> Whole(string name, Parts parts)
    {
        _open.Remove(name);
        byte[] bytes = [.. Enumerable.Range(1, parts.Count).SelectMany(part => parts.Got[part])];
        _held -= bytes.Length;
        if (Base32.Encode(ChunkText.NameOf(bytes)) != name) return Malformed("the parts of a message do not make the one that they name");
        return ChannelMessage.Parse(bytes);
    }

    private static bool TryRead(string text, out string name, out int part, out int count, out byte[] payload)
    {
        (name, part, count, payload) = ("", 0, 0, []);
        if (text.Split(':') is not [ChunkText.Prefix, var message, var place, var checksum, var body]) return false;
        if (place.Split('/') is not [var first, var second] || !TryNumber(first, out part) || !TryNumber(second, out count) || part > count) return false;
        name = message;
        return Base32.TryDecode(message, out var named) && named.Length == ChunkText.NameLength
            && Base32.TryDecode(body, out payload) && payload.Length is > 0 and <= ChunkText.PayloadLength
            && Base32.TryDecode(checksum, out var claimed) && PublicBytes.Equal(claimed, ChunkText.Checksum($"{ChunkText.Prefix}:{message}:{place}", payload));
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= ChunkText.MostParts && text[0] != '0';

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, why);

    private sealed record Parts(int Count)
    {
        public Dictionary<int, byte[]> Got { get; } = [];
    }
}
