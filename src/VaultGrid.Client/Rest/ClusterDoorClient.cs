using VaultGrid.Client.Json;

namespace VaultGrid.Client;

/// <summary>Clusters of another grid over REST.</summary>
internal sealed class ClusterDoorClient(GridHttp http, Forwarding? forwarding) : IClusterDoors
{
    private static VaultGridJson Bodies => VaultGridJson.Requests;

    private static VaultGridJson Answers => VaultGridJson.Answers;

    public Task<Outcome<KeyStatus>> FindKeyAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.Door(cluster, key), Answers.KeyStatus, forwarding, cancellationToken);

    public Task<Outcome<ServingNodes>> GetHoldersAsync(ClusterId cluster, Hash256 key, bool fresh, CancellationToken cancellationToken) =>
        http.GetAsync($"{Routes.Door(cluster, key)}/{(fresh ? "holders-now" : "holders")}", Answers.ServingNodes, forwarding, cancellationToken);

    // The coordinator repeats by itself, in another session.
    public Task<Outcome<SessionCallAnswer>> CallAsync(NodeId node, SessionCall call, CancellationToken cancellationToken) => http.PostAsync(
        $"{Routes.Door(node.Cluster)}/nodes/{node.Index}/calls", call, Bodies.SessionCall, Answers.SessionCallAnswer, forwarding, Repeating.IfNothingWasDone, cancellationToken);

    public Task<Outcome<PartDone>> PerformAsync(ClusterId cluster, PartOrder order, CancellationToken cancellationToken) =>
        http.PostAsync($"{Routes.Door(cluster)}/perform", order, Bodies.PartOrder, Answers.PartDone, forwarding, Repeating.Harmless, cancellationToken);
}
