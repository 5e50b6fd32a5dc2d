namespace VaultGrid.Relay;

/// <summary><c>/v1/shared-keys</c> and <c>/v1/ceremonies</c></summary>
internal static class SharedKeyResource
{
    private const string Tag = "shared keys";
    private const string Key = "/shared-keys/{key}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/shared-keys", ListAsync).TakesQuery("after", "limit", "name")
            .Answers<Page<SharedKeyStatus>>(Tag, "listSharedKeys", "Keys that nodes generated together, by page, in order of name.");
        v1.MapGet(Key, GetAsync).Answers<SharedKeyStatus>(Tag, "getSharedKey", "One key by the hash of its birth record, its holders asked now.");
        v1.MapGet(Key + "/evidence", GetEvidenceAsync)
            .Answers<SharedKeyEvidence>(Tag, "getSharedKeyEvidence", "What proves a key and its version in force to whoever believes no silo.");
        v1.MapPost(Key + "/sign", SignAsync).Takes<KeyCall>()
            .Answers<MessageSignatureStatus>(Tag, "signMessage", "Has a message signed by the caller's own signed call, where the key's policy permits it.");
        v1.MapPost(Key + "/evaluate", EvaluateAsync).Takes<KeyCall>()
            .Answers<KeyEvaluations>(Tag, "evaluateKey", "Collects partial evaluations of a DiSE key, sealed to the call's answer key.");
        v1.MapPost(Key + "/backup", BackupAsync).Takes<BackupOrder>()
            .Answers<KeyBackup>(Tag, "backupSharedKey", "Has every holder back up its share for a quorum of the key's administrators.");
        v1.MapPost(Key + "/refresh", RefreshAsync).Answers<CeremonyStatus>(Tag, "refreshSharedKey", "Begins a refresh that the key's policy says is due.");
        v1.MapPost(Key + "/holders/{cluster}/{node}/repair", RepairAsync)
            .Answers<CeremonyStatus>(Tag, "repairShare", "Has a lost share repaired for its holder by f + 1 others, who don't learn it.");
        v1.MapGet("/ceremonies/{ceremony}", GetCeremonyAsync).Answers<CeremonyStatus>(Tag, "getCeremony", "How far a ceremony has come.");
    }

    private static Task<IResult> ListAsync(string? after, string? limit, string? name, HttpContext http)
    {
        if (!Pages.Of(after, limit).Is(out var page, out var refusal)) return refusal.Problem();
        KeyId? wanted = null;
        if (name is not null)
        {
            if (!Ids.Key(name).Is(out var known, out refusal)) return refusal.Problem();
            wanted = known;
        }

        var query = new SharedKeyQuery { After = page.After, Limit = page.Limit, Name = wanted };
        return http.AnswerAsync(VaultGridJson.Answers.SharedKeyPage, (grid, cancel) => grid.SharedKeys.ListAsync(query, cancel));
    }

    private static Task<IResult> GetAsync(string key, HttpContext http) => Ids.Hash(key).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Answers.SharedKeyStatus, (grid, cancel) => grid.SharedKeys.GetAsync(id, cancel))
        : refusal.Problem();

    private static Task<IResult> GetEvidenceAsync(string key, HttpContext http) => Ids.Hash(key).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Answers.SharedKeyEvidence, (grid, cancel) => grid.SharedKeys.GetEvidenceAsync(id, cancel))
        : refusal.Problem();

    private static Task<IResult> SignAsync(string key, HttpContext http) => Ids.Hash(key).Is(out var id, out var refusal)
        ? http.AnswerAsync(
            VaultGridJson.Requests.KeyCall, VaultGridJson.Answers.MessageSignatureStatus, (grid, body, cancel) => grid.SharedKeys.SignAsync(id, body, cancel))
        : refusal.Problem();

    private static Task<IResult> EvaluateAsync(string key, HttpContext http) => Ids.Hash(key).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Requests.KeyCall, VaultGridJson.Answers.KeyEvaluations, (grid, body, cancel) => grid.SharedKeys.EvaluateAsync(id, body, cancel))
        : refusal.Problem();

    private static Task<IResult> BackupAsync(string key, HttpContext http) => Ids.Hash(key).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Requests.BackupOrder, VaultGridJson.Answers.KeyBackup, (grid, body, cancel) => grid.SharedKeys.BackupAsync(id, body, cancel))
        : refusal.Problem();

    private static Task<IResult> RefreshAsync(string key, HttpContext http) => Ids.Hash(key).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Answers.CeremonyStatus, (grid, cancel) => grid.SharedKeys.RefreshAsync(id, cancel))
        : refusal.Problem();

    private static Task<IResult> RepairAsync(string key, string cluster, string node, HttpContext http)
    {
        if (!Ids.Hash(key).Is(out var id, out var refusal) || !Ids.Node(cluster, node).Is(out var holder, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.CeremonyStatus, (grid, cancel) => grid.SharedKeys.RepairAsync(id, holder, cancel));
    }

    private static Task<IResult> GetCeremonyAsync(string ceremony, HttpContext http) => Ids.Hash(ceremony).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Answers.CeremonyStatus, (grid, cancel) => grid.SharedKeys.GetCeremonyAsync(id, cancel))
        : refusal.Problem();
}
