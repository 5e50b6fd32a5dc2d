namespace VaultGrid.Relay;

/// <summary><c>/v1/operators</c></summary>
internal static class OperatorResource
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/operators", ListAsync).TakesQuery("after", "limit")
            .Answers<Page<OperatorStatus>>("operators", "listOperators", "Operators' public keys by page, in order of identity.");
        v1.MapPost("/operators", (Delegate)RegisterAsync).Takes<OperatorRegistration>()
            .Answers<OperatorStatus>("operators", "registerOperator", "Makes an operator's certificate known, so that others can name them in a Trust.");
    }

    private static Task<IResult> ListAsync(string? after, string? limit, HttpContext http) =>
        Pages.Of(after, limit).Is(out var query, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.OperatorPage, (grid, cancel) => grid.Trusts.ListOperatorsAsync(query, cancel))
            : refusal.Problem();

    private static Task<IResult> RegisterAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.OperatorRegistration, VaultGridJson.Answers.OperatorStatus, (grid, body, cancel) => grid.Trusts.RegisterOperatorAsync(body, cancel));
}
