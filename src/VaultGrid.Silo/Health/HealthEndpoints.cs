namespace VaultGrid.Silo.Health;

/// <summary><c>/health/live</c> and <c>/health/ready</c> of a silo without a relay.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", (Delegate)Live);
        endpoints.MapGet("/health/ready", (Delegate)ReadyAsync);
    }

    private static IResult Live() => Results.Text("{\"status\":\"live\"}", "application/json");

    private static async Task<IResult> ReadyAsync(SiloReadiness readiness, CancellationToken cancellationToken) =>
        await readiness.CheckAsync(cancellationToken) is { } refusal
            ? Results.Text($"{{\"status\":\"{refusal.Code.Name()}\"}}", "application/json", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("{\"status\":\"ready\"}", "application/json");
}
