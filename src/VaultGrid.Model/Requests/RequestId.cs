using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>The id that makes a request idempotent: a UUID in lower-case 8-4-4-4-12 form.</summary>
public readonly record struct RequestId(Guid Value)
{
    private const int TimeLength = 6;

    /// <summary>Makes an id of 16 random bytes.</summary>
    public static RequestId FromRandom(ReadOnlySpan<byte> random16) => new(new Guid(random16, bigEndian: true));

    /// <summary>
    /// Makes an id of version 7 (RFC 9562 §5.7): the time in milliseconds, then 74 random bits. Ids that follow each other lie beside each other in every index.
    /// Nothing depends on it: any UUID is an id.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="random16">16 random bytes.</param>
    public static RequestId At(DateTimeOffset now, ReadOnlySpan<byte> random16)
    {
        Span<byte> bytes = stackalloc byte[16];
        random16.CopyTo(bytes);
        Span<byte> milliseconds = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, now.ToUnixTimeMilliseconds());
        milliseconds[^TimeLength..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return FromRandom(bytes);
    }

    /// <summary>Reads the lower-case form only, so that an id has one spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RequestId id)
    {
        var ok = Guid.TryParseExact(text, "D", out var value) && value.ToString("D") == text;
        id = ok ? new RequestId(value) : default;
        return ok;
    }

    /// <exception cref="FormatException">The text is no request id.</exception>
    public static RequestId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a request id: expected a lower-case UUID");

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
