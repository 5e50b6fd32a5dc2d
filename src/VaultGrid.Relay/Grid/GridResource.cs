namespace VaultGrid.Relay;

/// <summary><c>/v1/grid</c></summary>
internal static class GridResource
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/grid", (Delegate)GetAsync).WithMetadata(OpenToRelays.Instance)
            .Answers<GridStatus>("grid", "getGrid", "The grid: its engine, its clusters and whether they serve.");

    private static Task<IResult> GetAsync(HttpContext http) =>
        http.AnswerAsync(VaultGridJson.Answers.GridStatus, (grid, cancel) => grid.GetGridAsync(cancel));
}
