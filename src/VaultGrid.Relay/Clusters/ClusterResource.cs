namespace VaultGrid.Relay;

/// <summary><c>/v1/clusters/{cluster}</c></summary>
internal static class ClusterResource
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/clusters/{cluster}", GetAsync).Answers<ClusterStatus>("clusters", "getCluster", "One cluster: its nodes, its membership and its keys in short.");
        v1.MapPost("/clusters/{cluster}/sync", SynchroniseAsync)
            .Answers<SyncReport>("clusters", "synchroniseCluster", "Brings every node of a cluster to the same records, lists and keys.");
        v1.MapPost("/clusters/{cluster}/assignment", AssignAsync).Takes<ClusterAssignment>()
            .Answers<ClusterAssignment>("clusters", "assignCluster", "Assigns a cluster to a customer, with a limit of keys; or takes it back.");
        v1.MapPost("/clusters/{cluster}/key-audit", StartKeyAuditAsync).Takes<KeyAuditOrder>()
            .Answers<KeyAuditStatus>("clusters", "startKeyAudit", "Begins an audit of a cluster's keys, or joins the one under way; it goes on by itself.");
        v1.MapGet("/clusters/{cluster}/key-audit", GetKeyAuditAsync)
            .Answers<KeyAuditStatus>("clusters", "getKeyAudit", "The audit of a cluster's keys that is under way, else the last one.");
    }

    private static Task<IResult> GetAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.ClusterStatus, (grid, cancel) => grid.GetClusterAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> AssignAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.ClusterAssignment, VaultGridJson.Answers.ClusterAssignment, (grid, body, cancel) => grid.AssignClusterAsync(id, body, cancel))
            : refusal.Problem();

    private static Task<IResult> StartKeyAuditAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.KeyAuditOrder, VaultGridJson.Answers.KeyAuditStatus, (grid, body, cancel) => grid.StartKeyAuditAsync(id, body, cancel))
            : refusal.Problem();

    private static Task<IResult> GetKeyAuditAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.KeyAuditStatus, (grid, cancel) => grid.GetKeyAuditAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> SynchroniseAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.SyncReport, (grid, cancel) => grid.SynchroniseAsync(id, cancel))
            : refusal.Problem();
}
