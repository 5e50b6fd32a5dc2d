namespace VaultGrid.Relay;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for whoever restarts processes and balances load.</summary>
internal static class HealthResource
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", (Delegate)Live).ExcludeFromDescription();
        endpoints.MapGet("/health/ready", (Delegate)Ready).ExcludeFromDescription();
    }

    private static IResult Live(HttpContext http) => Results.Text("{\"status\":\"live\"}", "application/json");

    private static IResult Ready(HttpContext http) => http.RequestServices.GetRequiredService<Readiness>().Check() is { } refusal
        ? new ProblemResult(refusal, status: StatusCodes.Status503ServiceUnavailable)
        : Results.Text("{\"status\":\"ready\"}", "application/json");
}
