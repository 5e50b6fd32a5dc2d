using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VaultGrid.Client;

/// <summary>Calls over HTTP with the repetitions that are safe; every failure of the network is a refusal.</summary>
internal sealed class GridHttp(HttpClient http, VaultGridClientOptions options, TimeProvider time)
{
    private const int AnswerMax = 16 << 20;

    private readonly RetryPlan _plan = new(options);

    public Task<Outcome<T>> GetAsync<T>(string route, JsonTypeInfo<T> answer, Forwarding? forwarding, CancellationToken cancellationToken)
        where T : notnull =>
        RepeatAsync(HttpMethod.Get, route, null, answer, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<T>> PostAsync<T>(
        string route, JsonTypeInfo<T> answer, Forwarding? forwarding, Repeating repeating, CancellationToken cancellationToken)
        where T : notnull =>
        RepeatAsync(HttpMethod.Post, route, null, answer, forwarding, repeating, cancellationToken);

    public Task<Outcome<T>> PostAsync<TBody, T>(
        string route, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> answer, Forwarding? forwarding, Repeating repeating, CancellationToken cancellationToken)
        where T : notnull =>
        RepeatAsync(HttpMethod.Post, route, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), answer, forwarding, repeating, cancellationToken);

    private async Task<Outcome<T>> RepeatAsync<T>(
        HttpMethod method, string route, byte[]? body, JsonTypeInfo<T> answer, Forwarding? forwarding, Repeating repeating, CancellationToken cancellationToken)
        where T : notnull
    {
        using var trace = GridTracing.Source.StartActivity($"vaultgrid {method}", ActivityKind.Client);
        trace?.SetTag("url.path", route.Split('?')[0]);
        for (var number = 0; ; number++)
        {
            var attempt = await TryAsync(method, route, body, answer, forwarding, cancellationToken);
            trace?.SetTag("vaultgrid.attempts", number + 1);
            trace?.SetTag("vaultgrid.refusal", attempt.Outcome.Refusal?.Code.Name());
            if (attempt.Outcome.Refusal is not { } refusal) return attempt.Outcome;

            var mayRepeat = repeating == Repeating.Harmless || attempt.NothingDone;
            if (_plan.Wait(refusal, number, mayRepeat, attempt.RetryAfter) is not { } wait) return attempt.Outcome;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<Attempt<T>> TryAsync<T>(
        HttpMethod method, string route, byte[]? body, JsonTypeInfo<T> answer, Forwarding? forwarding, CancellationToken cancellationToken)
        where T : notnull
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, route) { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        if (forwarding is not null) AddHeaders(request.Headers, forwarding);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await response.Content.LoadIntoBufferAsync(AnswerMax, either.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
            return AnswerReader.Read(response, bytes, answer, time.GetUtcNow());
        }
        catch (HttpRequestException failure)
        {
            return Failed<T>(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return limit.IsCancellationRequested
                ? Lost<T>($"the grid did not answer within {options.Timeout.TotalSeconds:0.###} seconds", nothingDone: false)
                : Lost<T>($"the grid can't be reached: no connection within {options.ConnectTimeout.TotalSeconds:0.###} seconds", nothingDone: true);
        }
    }

    private static void AddHeaders(HttpRequestHeaders headers, Forwarding forwarding)
    {
        headers.Add(GridHeaders.Caller, forwarding.Caller);
        headers.Add(GridHeaders.Hops, forwarding.Hops.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Attempt<T> Failed<T>(HttpRequestException failure)
        where T : notnull
    {
        // A server that isn't believed is no matter of trying again.
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is ServerRefusedException refused) return new(refused.Refusal, NothingDone: true, null);
        }

        var neverLeft = failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
        return failure.HttpRequestError switch
        {
            HttpRequestError.ConfigurationLimitExceeded => new(new Refusal(RefusalCode.InputTooLarge, $"the answer is larger than {AnswerMax} bytes"), false, null),
            HttpRequestError.NameResolutionError => Lost<T>("the grid's host name can't be resolved", neverLeft),
            HttpRequestError.ConnectionError => Lost<T>("the grid can't be reached: no connection", neverLeft),
            HttpRequestError.SecureConnectionError => Lost<T>("the grid can't be reached: no TLS 1.3 connection", nothingDone: true),
            _ => Lost<T>("the connection ended before the answer; if it always does, this client's certificate may be unknown to the relay", neverLeft),
        };
    }

    private static Attempt<T> Lost<T>(string why, bool nothingDone)
        where T : notnull =>
        new(new Refusal(RefusalCode.GridUnavailable, why), nothingDone, null);
}
