namespace VaultGrid.Channels;

/// <summary>What the interface answered to a <see cref="ChannelRequest"/>: status and body, bound to the request's bytes.</summary>
public sealed record ChannelAnswer
{
    /// <summary>The largest body, in bytes.</summary>
    public const int BodyLimit = 4 << 20;

    private const int TextLimit = 4096;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/channel-answer\0"u8;

    /// <summary>SHA-256 of the request's bytes.</summary>
    public required Hash256 Request { get; init; }

    /// <summary>The request's subject: under that name the channel keeps the answer.</summary>
    public required Hash256 Subject { get; init; }

    /// <summary>The relay that carried the request out.</summary>
    public required string From { get; init; }

    /// <summary>The relay that sent it.</summary>
    public required string To { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The HTTP status.</summary>
    public required uint Status { get; init; }

    /// <summary>The media type of the body; empty where there is none.</summary>
    public required string MediaType { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The bytes that the sender signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Hash(Request).Hash(Subject).Text(From).Text(To).Time(Made).U32(Status).Text(MediaType).Bytes(Body.Span).ToArray();

    /// <summary>Reads an answer: <c>input.malformed</c>.</summary>
    public static Outcome<ChannelAnswer> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("its tag is not that of an answer");
        var answer = new ChannelAnswer
        {
            Request = reader.Hash(),
            Subject = reader.Hash(),
            From = reader.Text(TextLimit),
            To = reader.Text(TextLimit),
            Made = reader.Time(),
            Status = reader.U32(),
            MediaType = reader.Text(TextLimit),
            Body = reader.Bytes(BodyLimit).ToArray(),
        };
        if (answer.Status is < 200 or > 599) reader.Fail("its status is none of HTTP");
        return reader.End("a channel's answer", out var refusal) ? answer : refusal;
    }
}
