using System.Text;

namespace VaultGrid.Channels;

/// <summary>
/// One call of the REST interface on its way through a channel: what an HTTP request would say, for whom, and until when it may be carried out. So
/// whatever the interface can ask, a channel carries.
/// </summary>
public sealed record ChannelRequest
{
    /// <summary>How long a message may be under way at most.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <summary>The largest body, in bytes.</summary>
    public const int BodyLimit = 1 << 20;

    private const int TextLimit = 4096;

    private static readonly string[] Methods = ["GET", "POST"];

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/channel-request\0"u8;

    /// <summary>Drawn for this message: it is carried out once.</summary>
    public required Hash256 Id { get; init; }

    /// <summary>The relay that sends it.</summary>
    public required string From { get; init; }

    /// <summary>The relay that carries it out.</summary>
    public required string To { get; init; }

    /// <summary>When it was made, whole seconds.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>Until when it may be carried out.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>On whose behalf; empty where the relay asks for itself.</summary>
    public required string Caller { get; init; }

    /// <summary>How many relays the call has passed.</summary>
    public required byte Hops { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query below the root, such as <c>v1/requests?limit=10</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The body; empty where there is none.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What is asked, whoever sends it how often: the name under which a channel keeps it and its answer.</summary>
    public Hash256 Subject => Hash256.Of("channel-subject", new WireWriter().Text(From).Text(To).Text(Caller).Text(Method).Text(Route).Bytes(Body.Span).Written);

    /// <summary>The bytes that the sender signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Hash(Id).Text(From).Text(To).Time(Made).Time(Expires)
        .Text(Caller).U8(Hops).Text(Method).Text(Route).Bytes(Body.Span).ToArray();

    /// <summary>Reads a request: <c>input.malformed</c>.</summary>
    public static Outcome<ChannelRequest> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("its tag is not that of a request");
        var request = new ChannelRequest
        {
            Id = reader.Hash(),
            From = reader.Text(TextLimit),
            To = reader.Text(TextLimit),
            Made = reader.Time(),
            Expires = reader.Time(),
            Caller = reader.Text(TextLimit),
            Hops = reader.U8(),
            Method = reader.Text(TextLimit),
            Route = reader.Text(TextLimit),
            Body = reader.Bytes(BodyLimit).ToArray(),
        };
        if (!Methods.Contains(request.Method)) reader.Fail("its method is neither GET nor POST");
        if (!IsRoute(request.Route)) reader.Fail("its route is not one of the interface");
        return reader.End("a channel's request", out var refusal) ? request : refusal;
    }

    // Below /v1 and nowhere else; no way out of it, and nothing that another reader could take for a header.
    private static bool IsRoute(string route) =>
        route.StartsWith("v1/", StringComparison.Ordinal) && !route.Contains("..", StringComparison.Ordinal) && !route.Contains("//", StringComparison.Ordinal)
        && Ascii.IsValid(route) && route.All(c => c is > ' ' and < (char)127 and not ('#' or '\\'));
}
