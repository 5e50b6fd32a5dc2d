using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VaultGrid.Client.Json;

namespace VaultGrid.Client;

/// <summary>Reads what came back over HTTP: an answer, or a problem as the refusal that it is.</summary>
internal static class AnswerReader
{
    public static Attempt<T> Read<T>(HttpResponseMessage response, ReadOnlySpan<byte> body, JsonTypeInfo<T> type, DateTimeOffset now)
        where T : notnull
    {
        if (response.IsSuccessStatusCode) return new(Value(body, type), NothingDone: false, null);

        var refusal = Problem(response, body);
        var turnedAway = refusal.Code is RefusalCode.CallerRate or RefusalCode.GridOverloaded;
        return new(refusal, turnedAway, RetryAfter(response, now));
    }

    private static Outcome<T> Value<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : notnull
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? value : Unreadable("it is empty");
        }
        catch (JsonException failure)
        {
            return Unreadable($"it doesn't fit at {failure.Path ?? "$"}");
        }
    }

    private static Refusal Problem(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (response.Content.Headers.ContentType?.MediaType == ProblemDetails.MediaType)
        {
            try
            {
                if (JsonSerializer.Deserialize(body, VaultGridJson.Answers.ProblemDetails) is { } problem)
                {
                    return RefusalCodes.TryParse(problem.Code, out var code)
                        ? new Refusal(code, problem.Detail)
                        : new Refusal(OfStatus(response.StatusCode), $"{problem.Code}: {problem.Detail}");
                }
            }
            catch (JsonException)
            {
                // As good as none: the status says what it can.
            }
        }

        return new Refusal(OfStatus(response.StatusCode), $"the server answered {(int)response.StatusCode} without saying why");
    }

    // For answers that aren't the grid's own (a proxy's, the web server's), and for codes that are newer than this client.
    private static RefusalCode OfStatus(HttpStatusCode status) => (int)status switch
    {
        401 => RefusalCode.CallerUnauthenticated,
        403 => RefusalCode.CallerRefused,
        404 or 405 => RefusalCode.ResourceUnknown,
        408 => RefusalCode.InputTimeout,
        413 or 414 or 431 => RefusalCode.InputTooLarge,
        429 => RefusalCode.CallerRate,
        502 or 503 or 504 => RefusalCode.GridUnavailable,
        >= 500 => RefusalCode.EnclaveFault,
        _ => RefusalCode.InputUnsupported,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    private static Refusal Unreadable(string why) => new(RefusalCode.GridUnavailable, $"the grid's answer can't be read: {why}");
}
