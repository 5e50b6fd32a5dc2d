namespace VaultGrid.Telemetry;

/// <summary>On the metrics' port answers <c>GET /metrics</c> and nothing else; on every other port it isn't there.</summary>
internal sealed class MetricsMiddleware(RequestDelegate next, PrometheusExporter exporter)
{
    private const string TextFormat = "text/plain; version=0.0.4; charset=utf-8";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<MetricsListener>() is null)
        {
            await next(http);
            return;
        }

        if (http.Request.Path != "/metrics" || !HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = TextFormat;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(exporter.Scrape(), http.RequestAborted);
    }
}
