namespace VaultGrid.Relay;

/// <summary><c>/v1/chains</c> and <c>/v1/hsms</c></summary>
internal static class ChainResource
{
    private const string Chain = "/chains/{chain}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet(Chain, GetAsync).Answers<ChainStatus>("trusts", "getChain", "One chain of Trusts: its newest Trust, its HSMs, what retired from it, how many Domains wait to be re-wrapped.");
        v1.MapPost(Chain + "/rewrap", StartRewrapAsync)
            .Answers<RewrapStatus>("trusts", "startRewrap", "Has all Domains of a chain re-wrapped for its newest Trust, in the background.");
        v1.MapGet(Chain + "/rewrap", GetRewrapAsync).Answers<RewrapStatus>("trusts", "getRewrap", "How far the Domains of a chain are on their way under its newest Trust.");
        v1.MapPost(Chain + "/hsms", NewHsmKeyAsync).Takes<HsmKeyRequest>()
            .Answers<HsmKeyStatus>("trusts", "newHsmKey", "Has an HSM make its wrap key for a chain, or show the one that it made.");
        v1.MapPost(Chain + "/hsms/{cluster}/{node}/retire", RetireAsync)
            .Answers<HsmRetirement>("trusts", "retireHsm", "Has an HSM that the newest Trust doesn't name any more wipe its wrap key for good.");
        v1.MapGet("/hsms", ListAsync).TakesQuery("after", "limit", "chain")
            .Answers<Page<HsmKeyStatus>>("trusts", "listHsmKeys", "HSMs' public keys by page, in order of node.");
        v1.MapGet("/clusters/{cluster}/nodes/{node}/session-key", SessionKeyAsync)
            .Answers<SessionKeyStatus>("domains", "getSessionKey", "A node's session key, signed by its D key: secrets in calls are sealed to it.");
    }

    private static Task<IResult> GetAsync(string chain, HttpContext http) =>
        Ids.Chain(chain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.ChainStatus, (grid, cancel) => grid.Trusts.GetChainAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> StartRewrapAsync(string chain, HttpContext http) =>
        Ids.Chain(chain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.RewrapStatus, (grid, cancel) => grid.Trusts.StartRewrapAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> GetRewrapAsync(string chain, HttpContext http) =>
        Ids.Chain(chain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.RewrapStatus, (grid, cancel) => grid.Trusts.GetRewrapAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> NewHsmKeyAsync(string chain, HttpContext http) =>
        Ids.Chain(chain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Requests.HsmKeyRequest, VaultGridJson.Answers.HsmKeyStatus, (grid, body, cancel) => grid.Trusts.NewHsmKeyAsync(id, body, cancel))
            : refusal.Problem();

    private static Task<IResult> RetireAsync(string chain, string cluster, string node, HttpContext http) =>
        Ids.Chain(chain).Then(id => Ids.Node(cluster, node).Then<(TrustId Chain, NodeId Node)>(of => (id, of))).Is(out var named, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.HsmRetirement, (grid, cancel) => grid.Trusts.RetireHsmAsync(named.Chain, named.Node, cancel))
            : refusal.Problem();

    private static Task<IResult> ListAsync(string? after, string? limit, string? chain, HttpContext http) =>
        TrustPages.Of(after, limit, chain).Is(out var query, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.HsmKeyPage, (grid, cancel) => grid.Trusts.ListHsmKeysAsync(query, cancel))
            : refusal.Problem();

    private static Task<IResult> SessionKeyAsync(string cluster, string node, HttpContext http) =>
        Ids.Node(cluster, node).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.SessionKeyStatus, (grid, cancel) => grid.Trusts.GetSessionKeyAsync(id, cancel))
            : refusal.Problem();
}
