using System.Net.Http.Headers;

namespace VaultGrid.Channels;

/// <summary>
/// The internal relay's side: takes messages out of a channel, verifies sender, receiver, time and size, has the internal relay carry out what they ask, and
/// puts signed answers back. It decides nothing else: approvals and calls are checked in enclaves.
/// </summary>
public sealed class ChannelServer : IDisposable
{
    private readonly ChannelDirectory _channel;
    private readonly AnsweredMessages _answered;
    private readonly ChannelServerOptions _options;
    private readonly TlsIdentity _identity;
    private readonly KnownAuthorities _authorities;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    /// <summary>Makes a server; nothing is taken before <see cref="ServeAsync"/>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="answered">What was answered before.</param>
    /// <param name="options">How.</param>
    /// <param name="identity">This relay: role relay; answers are signed with its key, and the internal relay is called with it.</param>
    /// <param name="authorities">What peers are verified by.</param>
    /// <param name="time">The clock.</param>
    public ChannelServer(
        ChannelDirectory channel, AnsweredMessages answered, ChannelServerOptions options, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
    {
        (_channel, _answered, _options, _identity, _authorities, _time) = (channel, answered, options, identity, authorities, time);
        var reach = new VaultGridClientOptions { Address = options.Address, Timeout = options.Timeout };
        _http = new HttpMessageInvoker(VaultGridClient.Handler(reach, identity, authorities, time), disposeHandler: true);
    }

    private string Self => _identity.Certificate.Identity.Uri;

    /// <summary>Serves what lies in the channel now, and no more.</summary>
    /// <returns>What came of every message that was looked at; those that were answered before, and still lie there, are left out.</returns>
    public async Task<IReadOnlyList<ServedMessage>> ServeAsync(CancellationToken cancellationToken)
    {
        var served = new System.Collections.Concurrent.ConcurrentQueue<ServedMessage>();
        var waiting = _channel.Requests.Where(subject => !IsAnswered(subject)).ToList();
        await Parallel.ForEachAsync(
            waiting, new ParallelOptions { MaxDegreeOfParallelism = _options.AtOnce, CancellationToken = cancellationToken },
            async (subject, cancel) =>
            {
                if (await ServeOneAsync(subject, cancel).ConfigureAwait(false) is { } one) served.Enqueue(one);
            }).ConfigureAwait(false);
        return [.. served];
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // An answer that lies there counts only if it is this server's and to the very message that lies beside it.
    private bool IsAnswered(Hash256 subject) =>
        _channel.Answer(subject) is { } answer && answer.Is(out var message, out _) && message.Sender(_authorities, _time.GetUtcNow()).Is(out var sender, out _) && sender.Uri == Self
        && ChannelAnswer.Parse(message.Content.Span).Is(out var said, out _)
        && _channel.Request(subject) is { } request && request.Is(out var asked, out _) && Hash256.Sha256(asked.Content.Span) == said.Request;

    private async Task<ServedMessage?> ServeOneAsync(Hash256 subject, CancellationToken cancellationToken)
    {
        if (_channel.Request(subject) is not { } outcome) return null;
        if (!outcome.Then(message => Admit(message, subject)).Is(out var request, out var refusal))
        {
            // Nobody is answered whom this side can't tell to be a peer: the file is only taken away.
            _channel.DropRequest(subject);
            return new ServedMessage(subject, refusal, IsRepeated: false);
        }

        if (_answered.Find(request.Id) is { } before)
        {
            if (!IsTo(before, request)) return new ServedMessage(subject, new Refusal(RefusalCode.CallReplayed, "another message had this id"), IsRepeated: false);
            _channel.Put(subject, before);
            return new ServedMessage(subject, null, IsRepeated: true);
        }

        if (!_answered.HasRoom) return new ServedMessage(subject, new Refusal(RefusalCode.GridOverloaded, $"{AnsweredMessages.Capacity} answers are remembered already"), false);
        if (await CarryAsync(request, cancellationToken).ConfigureAwait(false) is not { } answer)
            return new ServedMessage(subject, new Refusal(RefusalCode.GridUnavailable, "the internal relay did not answer; the message stays"), IsRepeated: false);

        var written = ChannelMessage.Sign(answer.ToBytes(), _identity);
        _answered.Keep(request.Id, request.Expires + _options.Skew, written);
        _channel.Put(subject, written);
        return new ServedMessage(subject, null, IsRepeated: false);
    }

    private static bool IsTo(ChannelMessage answer, ChannelRequest request) =>
        ChannelAnswer.Parse(answer.Content.Span).Is(out var said, out _) && said.Request == Hash256.Sha256(request.ToBytes());

    // Order: encoding, certificate, signature, who, to whom, when; then the name under which it lies.
    private Outcome<ChannelRequest> Admit(ChannelMessage message, Hash256 subject)
    {
        var now = _time.GetUtcNow();
        if (!message.Sender(_authorities, now).Is(out var sender, out var refusal)) return refusal;
        if (!ChannelRequest.Parse(message.Content.Span).Is(out var request, out refusal)) return refusal;
        if (request.From != sender.Uri) return Refused($"the message says it is from {request.From}, but {sender} signed it");
        if (!_options.Peers.Contains(request.From)) return Refused($"{request.From} is no peer of this channel");
        if (request.To != Self) return Refused($"the message is for {request.To}, this is {Self}");
        if (request.Made > now + _options.Skew || request.Expires - request.Made > ChannelRequest.LongestLife)
            return new Refusal(RefusalCode.CallInvalid, "the message comes from the future, or lives too long");
        if (request.Expires < now) return new Refusal(RefusalCode.CallExpired, $"the message could be carried out until {request.Expires:u}");
        if (request.Hops > GridHeaders.HopsMax) return Refused("the message has passed too many relays");
        return request.Subject == subject ? request : new Refusal(RefusalCode.InputMalformed, "the message lies under another name than its own");
    }

    // Null where the internal relay could not be reached: the message is tried again, and nobody is told a failure that may pass.
    private async Task<ChannelAnswer?> CarryAsync(ChannelRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        using var call = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_options.Address, request.Route)) { Version = new Version(2, 0) };
        if (request.Caller.Length > 0)
        {
            call.Headers.Add(GridHeaders.Caller, request.Caller);
            call.Headers.Add(GridHeaders.Hops, request.Hops.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!request.Body.IsEmpty) call.Content = new ByteArrayContent(request.Body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var response = await _http.SendAsync(call, limit.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(ChannelAnswer.BodyLimit, limit.Token).ConfigureAwait(false);
            return new ChannelAnswer
            {
                Request = Hash256.Sha256(request.ToBytes()),
                Subject = request.Subject,
                From = Self,
                To = request.From,
                Made = _time.GetUtcNow(),
                Status = (uint)response.StatusCode,
                MediaType = response.Content.Headers.ContentType?.ToString() ?? "",
                Body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Refusal Refused(string why) => new(RefusalCode.CallerRefused, why);
}

/// <summary>What came of a message.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Refusal">Why it was not carried out; null where it was.</param>
/// <param name="IsRepeated">True where it had been carried out before and got the answer of then.</param>
public sealed record ServedMessage(Hash256 Subject, Refusal? Refusal, bool IsRepeated);
