namespace VaultGrid.Relay;

/// <summary><c>/v1/sessions</c></summary>
internal static class SessionResource
{
    public static void Map(RouteGroupBuilder v1) => v1.MapGet("/sessions/{session}", GetAsync)
        .Answers<SessionStatus>("sessions", "getSession", "The journal of a signing session of several clusters.");

    private static Task<IResult> GetAsync(string session, HttpContext http) =>
        Ids.Session(session).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.SessionStatus, (grid, cancel) => grid.GetSessionAsync(id, cancel))
            : refusal.Problem();
}
