namespace VaultGrid.Relay;

/// <summary><c>/v1/authorities</c></summary>
internal static class AuthorityResource
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/authorities", (Delegate)GetAsync).WithMetadata(OpenToRelays.Instance)
            .Answers<AuthorityFile>("authorities", "getAuthorities", "The CA certificates and revocation lists that the grid hands out.");
        v1.MapPost("/authorities", (Delegate)PublishAsync).Takes<AuthorityFile>()
            .Answers<AuthoritiesPublished>("authorities", "publishAuthorities", "Publishes CA certificates and newer revocation lists to relays and to every node.");
    }

    private static Task<IResult> GetAsync(HttpContext http) =>
        http.AnswerAsync(VaultGridJson.Answers.AuthorityFile, (grid, cancel) => grid.GetAuthoritiesAsync(cancel));

    private static Task<IResult> PublishAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.AuthorityFile, VaultGridJson.Answers.AuthoritiesPublished,
        async (grid, body, cancel) =>
        {
            var published = await grid.PublishAuthoritiesAsync(body, cancel);

            // What the grid took holds here from the next request on, not from the next refresh.
            if (published.Refusal is null) http.RequestServices.GetRequiredService<AuthorityIntake>().Take(body);
            return published;
        });
}
