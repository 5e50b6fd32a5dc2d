namespace VaultGrid.Relay;

/// <summary><c>/v1/clusters/{cluster}/door</c>: for the coordinators of other grids, whose relays ask for themselves; clients are turned away.</summary>
internal static class DoorResource
{
    private const string Door = "/clusters/{cluster}/door";
    private const string Key = Door + "/keys/{key}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet(Key, FindKeyAsync).WithMetadata(OpenToRelays.Instance)
            .Answers<KeyStatus>("doors", "findKeyByHash", "A key by the hash of its birth record. For relays of other grids.");
        v1.MapGet(Key + "/holders", (string cluster, string key, HttpContext http) => HoldersAsync(cluster, key, fresh: false, http)).WithMetadata(OpenToRelays.Instance)
            .Answers<ServingNodes>("doors", "getHolders", "The nodes that may serve with a key, by the last check. For relays of other grids.");
        v1.MapGet(Key + "/holders-now", (string cluster, string key, HttpContext http) => HoldersAsync(cluster, key, fresh: true, http)).WithMetadata(OpenToRelays.Instance)
            .Answers<ServingNodes>("doors", "getHoldersNow", "The nodes that may serve with a key, each asked now. For relays of other grids.");
        v1.MapPost(Door + "/nodes/{node}/calls", CallAsync).WithMetadata(OpenToRelays.Instance).Takes<SessionCall>()
            .Answers<SessionCallAnswer>("doors", "callInSession", "Carries a call of a session to a node's enclave. For relays of other grids.");
        v1.MapPost(Door + "/perform", PerformAsync).WithMetadata(OpenToRelays.Instance).Takes<PartOrder>()
            .Answers<PartDone>("doors", "performPart", "Has a cluster carry out its part of an approved request. For relays of other grids.");
    }

    private static Task<IResult> FindKeyAsync(string cluster, string key, HttpContext http) => Of(cluster, key, http).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Answers.KeyStatus, (grid, cancel) => grid.Doors.FindKeyAsync(id.Cluster, id.Key, cancel))
        : refusal.Problem();

    private static Task<IResult> HoldersAsync(string cluster, string key, bool fresh, HttpContext http) => Of(cluster, key, http).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Answers.ServingNodes, (grid, cancel) => grid.Doors.GetHoldersAsync(id.Cluster, id.Key, fresh, cancel))
        : refusal.Problem();

    private static Task<IResult> CallAsync(string cluster, string node, HttpContext http) => Relay(http).Then(_ => Ids.Node(cluster, node)).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Requests.SessionCall, VaultGridJson.Answers.SessionCallAnswer, (grid, body, cancel) => grid.Doors.CallAsync(id, body, cancel))
        : refusal.Problem();

    private static Task<IResult> PerformAsync(string cluster, HttpContext http) => Relay(http).Then(_ => Ids.Cluster(cluster)).Is(out var id, out var refusal)
        ? http.AnswerAsync(VaultGridJson.Requests.PartOrder, VaultGridJson.Answers.PartDone, (grid, body, cancel) => grid.Doors.PerformAsync(id, body, cancel))
        : refusal.Problem();

    private static Outcome<(ClusterId Cluster, Hash256 Key)> Of(string cluster, string key, HttpContext http) => Relay(http).Then(_ => Ids.Cluster(cluster))
        .Then<(ClusterId, Hash256)>(id => Hash256.TryParse(key, out var hash) ? (id, hash) : new Refusal(RefusalCode.InputMalformed, "a key is named by its hash here: 0x and 64 hex digits"));

    private static Outcome<Done> Relay(HttpContext http) => http.Features.Get<Caller>() is { Identity.Role: CertificateRole.Relay }
        ? default(Done)
        : new Refusal(RefusalCode.CallerRefused, "this door is for relays of other grids, which ask for themselves");
}
