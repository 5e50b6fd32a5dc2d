namespace VaultGrid.Relay;

/// <summary><c>/v1/clusters/{cluster}/keys</c></summary>
internal static class KeyResource
{
    private const string Keys = "/clusters/{cluster}/keys";
    private const string Key = Keys + "/{key}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet(Keys, ListAsync).TakesQuery("after", "limit").Answers<Page<KeyStatus>>("keys", "listKeys", "The keys of a cluster by page, in order of name.");
        v1.MapGet(Key, GetAsync).Answers<KeyStatus>("keys", "getKey", "One key.");
        v1.MapGet(Key + "/accounts", GetAccountAsync).TakesQuery("path")
            .Answers<AccountStatus>("keys", "getAccount", "The extended public key at a path, with the addresses of its public key.");
        v1.MapPost(Key + "/audit", AuditSignAsync).Takes<AuditMessage>()
            .Answers<SignatureStatus>("keys", "auditSign", "Asks one node (or any) for an audit signature over at most 8 bytes.");
    }

    private static Task<IResult> ListAsync(string cluster, string? after, string? limit, HttpContext http)
    {
        if (!Ids.Cluster(cluster).Is(out var id, out var refusal) || !Pages.Of(after, limit).Is(out var page, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.KeyPage, (grid, cancel) => grid.ListKeysAsync(id, page, cancel));
    }

    private static Task<IResult> GetAsync(string cluster, string key, HttpContext http) =>
        Ids.Key(cluster, key).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.KeyStatus, (grid, cancel) => grid.GetKeyAsync(id.Cluster, id.Key, cancel))
            : refusal.Problem();

    private static Task<IResult> GetAccountAsync(string cluster, string key, string? path, HttpContext http)
    {
        if (!Ids.Key(cluster, key).Is(out var id, out var refusal) || !DerivationPath.Parse(path).Is(out var derivation, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.AccountStatus, (grid, cancel) => grid.GetAccountAsync(id.Cluster, id.Key, derivation, cancel));
    }

    private static Task<IResult> AuditSignAsync(string cluster, string key, HttpContext http) =>
        Ids.Key(cluster, key).Is(out var id, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.AuditMessage, VaultGridJson.Answers.SignatureStatus,
                (grid, body, cancel) => grid.AuditSignAsync(id.Cluster, id.Key, body.Node, body.Message, cancel))
            : refusal.Problem();
}
