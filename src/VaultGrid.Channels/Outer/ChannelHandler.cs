using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using VaultGrid.Client.Json;

namespace VaultGrid.Channels;

/// <summary>
/// The external relay's side: an HTTP call becomes a signed message in the channel, and its answer an HTTP answer. A call whose answer takes longer than
/// anybody waits is told <c>channel.waiting</c>; the same call later takes the answer, or goes on waiting for it, and sends nothing twice.
/// </summary>
public sealed class ChannelHandler(ChannelDirectory channel, ChannelOptions options, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var subject = asked.Subject;
        if (!ChannelRequest.Parse(asked.ToBytes()).Is(out _, out var unfit)) return Problem(unfit);

        Send(subject, ref asked);
        var until = time.GetUtcNow() + options.Patience;
        do
        {
            if (Take(subject, asked) is { } response) return response;
            await Task.Delay(options.Poll, time, cancellationToken).ConfigureAwait(false);
        }
        while (time.GetUtcNow() < until);

        return Problem(new Refusal(
            RefusalCode.ChannelWaiting, "the message waits in the channel, which has no connection: make the same call again when it has been carried over and back"));
    }

    // What lies there and is still good is not sent again: it may be under way.
    private void Send(Hash256 subject, ref ChannelRequest asked)
    {
        if (channel.Request(subject) is { } outcome && outcome.Is(out var lying, out _)
            && ChannelRequest.Parse(lying.Content.Span).Is(out var before, out _) && before.Subject == subject && before.Expires > time.GetUtcNow()
            && lying.Sender(authorities, time.GetUtcNow()).Is(out var sender, out _) && sender.Uri == identity.Certificate.Identity.Uri)
        {
            asked = before;
            return;
        }

        channel.DropAnswer(subject);
        channel.Put(subject, ChannelMessage.Sign(asked.ToBytes(), identity));
    }

    // An answer that is not the peer's, or to another message, is as good as none: it is removed, and the message stays.
    private HttpResponseMessage? Take(Hash256 subject, ChannelRequest asked)
    {
        if (channel.Answer(subject) is not { } outcome) return null;
        if (!outcome.Is(out var message, out _) || !Verify(message, asked).Is(out var answer, out _))
        {
            channel.DropAnswer(subject);
            return null;
        }

        channel.DropRequest(subject);
        channel.DropAnswer(subject);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body.ToArray()) };
        if (answer.MediaType.Length > 0 && MediaTypeHeaderValue.TryParse(answer.MediaType, out var type)) response.Content.Headers.ContentType = type;
        return response;
    }

    private Outcome<ChannelAnswer> Verify(ChannelMessage message, ChannelRequest asked)
    {
        if (!message.Sender(authorities, time.GetUtcNow()).Is(out var sender, out var refusal)) return refusal;
        if (!ChannelAnswer.Parse(message.Content.Span).Is(out var answer, out refusal)) return refusal;
        return sender.Uri == options.Peer && answer.From == options.Peer && answer.To == asked.From && answer.Request == Hash256.Sha256(asked.ToBytes())
            ? answer
            : new Refusal(RefusalCode.CallerUnauthenticated, "this is not the peer's answer to this message");
    }

    private async Task<ChannelRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        return new ChannelRequest
        {
            Id = new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length)),
            From = identity.Certificate.Identity.Uri,
            To = options.Peer,
            Made = now,
            Expires = now + options.Life,
            Caller = Header(request.Headers, GridHeaders.Caller),
            Hops = byte.TryParse(Header(request.Headers, GridHeaders.Hops), out var hops) ? hops : (byte)0,
            Method = request.Method.Method,
            Route = request.RequestUri!.PathAndQuery.TrimStart('/'),
            Body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : default(ReadOnlyMemory<byte>),
        };
    }

    private static string Header(HttpRequestHeaders headers, string name) => headers.TryGetValues(name, out var values) ? string.Concat(values) : "";

    private static HttpResponseMessage Problem(Refusal refusal) => new(HttpStatusCode.ServiceUnavailable)
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Details(refusal), VaultGridJson.Answers.ProblemDetails))
        {
            Headers = { ContentType = new MediaTypeHeaderValue(ProblemDetails.MediaType) },
        },
    };

    private static ProblemDetails Details(Refusal refusal) => new(
        ProblemDetails.TypePrefix + refusal.Code.Name(), "Service Unavailable", (int)HttpStatusCode.ServiceUnavailable, refusal.Detail, refusal.Code.Name());
}
