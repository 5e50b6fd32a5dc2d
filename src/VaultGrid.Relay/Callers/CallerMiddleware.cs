using System.Diagnostics;

namespace VaultGrid.Relay;

/// <summary>Lets nobody through to the resources who hasn't been verified, counted and given a time limit.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, CallerCheck check, CallerLimits limits, RelayLimits bounds, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (IsOpen(http.Request.Path))
        {
            await next(http);
            return;
        }

        if (!check.Check(http.Connection.ClientCertificate, Forwarded.Of(http.Request.Headers), IsOpenToRelays(http)).Is(out var caller, out var refusal))
        {
            await new ProblemResult(refusal).ExecuteAsync(http);
            return;
        }

        using var admission = limits.Admit(caller);
        if (admission.Refusal is { } tooMuch)
        {
            await new ProblemResult(tooMuch, admission.RetryAfter).ExecuteAsync(http);
            return;
        }

        http.Features.Set(caller);
        if (Activity.Current is { IsAllDataRequested: true } trace) Describe(trace, http, caller);
        await WithinTimeAsync(http);
    }

    private static bool IsOpen(PathString path) => path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    private static bool IsOpenToRelays(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<OpenToRelays>() is not null;

    // The route and not the path: names of spans are few, and whom they are about stands in the tags.
    private static void Describe(Activity trace, HttpContext http, Caller caller)
    {
        if (http.GetEndpoint() is RouteEndpoint endpoint) trace.DisplayName = $"{http.Request.Method} {endpoint.RoutePattern.RawText}";
        trace.SetTag("vaultgrid.caller", caller.ToString());
    }

    private async Task WithinTimeAsync(HttpContext http)
    {
        var gone = http.RequestAborted;
        using var limit = new CancellationTokenSource(bounds.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, limit.Token);
        http.RequestAborted = either.Token;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !gone.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.RequestAborted = gone;
            var late = new Refusal(RefusalCode.GridUnavailable, $"the grid did not answer within {bounds.RequestTimeout.TotalSeconds:0.###} seconds; ask again: what was begun is not lost");
            await new ProblemResult(late).ExecuteAsync(http);
        }
        finally
        {
            http.RequestAborted = gone;
        }
    }
}

/// <summary>Marks what a relay may ask for itself: public data that it needs to do its work.</summary>
internal sealed class OpenToRelays
{
    public static OpenToRelays Instance { get; } = new();
}
