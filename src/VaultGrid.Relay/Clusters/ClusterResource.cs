namespace VaultGrid.Relay;

/// <summary><c>/v1/clusters/{cluster}</c></summary>
internal static class ClusterResource
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/clusters/{cluster}", GetAsync).Answers<ClusterStatus>("clusters", "getCluster", "One cluster: its nodes, its membership and its keys in short.");
        v1.MapPost("/clusters/{cluster}/sync", SynchroniseAsync)
            .Answers<SyncReport>("clusters", "synchroniseCluster", "Brings every node of a cluster to the same records, lists and keys.");
    }

    private static Task<IResult> GetAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.ClusterStatus, (grid, cancel) => grid.GetClusterAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> SynchroniseAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.SyncReport, (grid, cancel) => grid.SynchroniseAsync(id, cancel))
            : refusal.Problem();
}
