using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VaultGrid.Model.Json;

namespace VaultGrid.Relay;

/// <summary>Reads a JSON body: whole, within size and time, then strictly.</summary>
internal static class BodyReader
{
    private const int PathMax = 100;

    public static async Task<Outcome<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : notnull
    {
        var limits = http.RequestServices.GetRequiredService<RelayLimits>();
        if (!IsJson(http.Request)) return new Refusal(RefusalCode.InputUnsupported, "a body is application/json in UTF-8, not encoded otherwise");
        if (http.Request.ContentLength > limits.RequestBody) return TooLarge(limits);

        using var limit = new CancellationTokenSource(limits.BodyTimeout, http.RequestServices.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, limit.Token);
        try
        {
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync(either.Token);
                if (read.Buffer.Length > limits.RequestBody) return TooLarge(limits);
                if (read.IsCompleted) return Parse(read.Buffer, type);
                http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            return new Refusal(RefusalCode.InputTimeout, $"the body did not arrive within {limits.BodyTimeout.TotalSeconds:0.###} seconds");
        }
    }

    /// <summary>Refuses a body where none belongs.</summary>
    public static Refusal? Absent(HttpContext http) => http.Request.ContentLength is null or 0 && !http.Request.Headers.ContainsKey("Transfer-Encoding")
        ? null
        : new(RefusalCode.InputMalformed, "this resource takes no body");

    private static Outcome<T> Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : notnull
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = VaultGridJson.DepthMax });
            var value = JsonSerializer.Deserialize(ref reader, type);
            if (value is null) return Malformed("it is null");
            return reader.Read() ? Malformed("something follows the JSON text") : value;
        }
        catch (WireFormatException failure)
        {
            return Malformed($"at {Where(failure)}: {failure.Expected}");
        }
        catch (JsonException failure)
        {
            // The serializer's own words name types of this program: they stay here.
            return Malformed($"at {Where(failure)} it is not JSON, or a member is unknown, missing, doubled or of another type than /openapi/v1.json says");
        }
    }

    private static string Where(JsonException failure) =>
        failure.Path is { Length: > 0 and <= PathMax } path && PlainText.IsPlain(path) ? path : "$";

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;

    private static Refusal TooLarge(RelayLimits limits) => new(RefusalCode.InputTooLarge, $"a body has at most {limits.RequestBody} bytes");

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, $"the body can't be taken: {why}");
}
