namespace VaultGrid.Relay;

/// <summary>Turns whatever the web server itself refuses, and whatever breaks, into problem details; no stack trace leaves the process.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, OfServer(bad.StatusCode), bad.StatusCode);
            return;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody is left to answer.
            return;
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            Broken(logger, failure, http.Request.Method, http.GetEndpoint()?.DisplayName ?? "");
            await WriteAsync(http, new Refusal(RefusalCode.GridUnavailable, "the grid could not be asked; its log says why"), status: null);
            return;
        }

        if (!http.Response.HasStarted && http.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
            await WriteAsync(http, OfServer(http.Response.StatusCode), http.Response.StatusCode);
    }

    // What the server and its routing refuse before a resource is asked.
    private static Refusal OfServer(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(RefusalCode.ResourceUnknown, "there is no such resource: /openapi/v1.json lists them"),
        StatusCodes.Status405MethodNotAllowed => new(RefusalCode.ResourceUnknown, "the resource doesn't take this method: Allow says which it does"),
        StatusCodes.Status408RequestTimeout => new(RefusalCode.InputTimeout, "the request did not arrive in time"),
        StatusCodes.Status413PayloadTooLarge => new(RefusalCode.InputTooLarge, "the body is larger than this relay takes"),
        StatusCodes.Status415UnsupportedMediaType => new(RefusalCode.InputUnsupported, "a body is application/json in UTF-8"),
        _ => new(RefusalCode.InputMalformed, "this is not a request that the relay understands"),
    };

    private static Task WriteAsync(HttpContext http, Refusal refusal, int? status) => new ProblemResult(refusal, status: status).ExecuteAsync(http);

    [LoggerMessage(EventId = 5101, Level = LogLevel.Error, Message = "A {Method} on {Endpoint} broke")]
    private static partial void Broken(ILogger logger, Exception failure, string method, string endpoint);
}
