using System.Security.Cryptography;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>A request together with the exact bytes that are approved.</summary>
public sealed class RequestDocument
{
    private const string What = "the request";

    private readonly byte[] _utf8;

    private RequestDocument(byte[] utf8, Request request)
    {
        (_utf8, Request) = (utf8, request);
        Hash = new Hash256(SHA256.HashData(utf8));
    }

    /// <summary>What is asked.</summary>
    public Request Request { get; }

    /// <summary>The canonical JSON (RFC 8785), UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8;

    /// <summary>SHA-256 of <see cref="Utf8"/>: what approvals sign, behind their tag.</summary>
    public Hash256 Hash { get; }

    /// <summary>Writes a request down.</summary>
    /// <exception cref="FormatException">The purpose holds characters that can't be shown plainly.</exception>
    public static RequestDocument Of(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var writer = new CanonicalWriter(Request.Version)
            .Add("action", request.Action)
            .Add("requestId", request.Id)
            .Add("policy", request.Policy)
            .Add("revocations", request.Revocations)
            .Add("expires", request.Expires)
            .Add("purpose", (object)request.Purpose);
        _ = request.Clusters is { } clusters ? writer.AddAll("clusters", clusters.All) : writer.Add("cluster", request.Cluster);
        request.WriteMembers(writer);
        return Parse(writer.ToUtf8()).Value;
    }

    /// <summary>Reads a request; refuses everything but the canonical form of a known action's closed list of members.</summary>
    public static Outcome<RequestDocument> Parse(ReadOnlySpan<byte> utf8)
    {
        if (!CanonicalObject.Parse(utf8, RefusalCode.RequestMalformed, What).Is(out var document, out var refusal)) return refusal;

        var reader = new DocumentReader(document, RefusalCode.RequestMalformed, What, Request.Version);
        var action = reader.Text("action");
        if (RequestActions.Read(action, reader) is not { } request)
            return new Refusal(RefusalCode.RequestAction, $"the request asks for an unknown action; known are {string.Join(", ", RequestActions.Names.Order())}");
        return reader.End(out refusal) ? new RequestDocument(utf8.ToArray(), request) : refusal;
    }

    /// <summary>Checks that it may be acted on at a time: not expired, and not made to live longer than allowed.</summary>
    public Outcome<Done> CheckTime(DateTimeOffset now)
    {
        if (now > Request.Expires)
            return new Refusal(RefusalCode.RequestExpired, $"the request expired at {UtcTime.Format(Request.Expires)}; make a new one and have it approved");
        if (Request.Expires - now > Request.LongestLife)
            return new Refusal(RefusalCode.RequestExpiryTooFar, $"the request expires more than {Request.LongestLife.Days} days ahead; make one that expires sooner");
        return default(Done);
    }
}
