using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Clusters;

/// <summary>Brings a call to the first node of a route that can answer it; a node that can't is passed over.</summary>
internal sealed class RoutedCall(IGrainFactory grains, ClusterId cluster)
{
    private IClusterGrain Cluster => grains.GetGrain<IClusterGrain>(cluster.ToString());

    /// <summary>The nodes to try, by the last check; where that knows of none, by what the nodes say now.</summary>
    public async Task<ImmutableArray<NodeId>> RouteAsync(Func<ImmutableArray<NodeReport>, ImmutableArray<NodeId>> choose, CancellationToken cancellationToken)
    {
        var known = choose((await Cluster.GetNodesAsync(cancellationToken)).Nodes);
        return known.IsEmpty ? choose((await Cluster.GetAsync(cancellationToken)).Nodes) : known;
    }

    public async Task<Outcome<Served<TAnswer>>> AskAsync<TAnswer>(
        ImmutableArray<NodeId> route, EnclaveCall<TAnswer> call, CancellationToken cancellationToken)
        where TAnswer : notnull
    {
        Refusal? telling = null;
        foreach (var node in route)
        {
            var outcome = await grains.Enclave(node).AskAsync(call, cancellationToken);
            if (outcome.Is(out var answer, out var refusal)) return new Served<TAnswer>(node, answer);
            if (!IsPassedOver(refusal.Code)) return refusal;
            if (refusal.Code == RefusalCode.EnclaveDetached)
                await Cluster.ReportDownAsync(node, cancellationToken);

            // That a node is down tells least; what another one said tells more.
            if (telling is null || telling.Code == RefusalCode.EnclaveDetached) telling = refusal;
        }

        return telling switch
        {
            null => new Refusal(RefusalCode.GridUnavailable, $"no node of cluster {cluster} is ready for this call"),
            { Code: RefusalCode.EnclaveDetached } when route.Length > 1 => new Refusal(RefusalCode.GridUnavailable, $"no node of cluster {cluster} answers"),
            _ => telling,
        };
    }

    /// <summary>True where another node may answer what this one can't: it is down, busy, or has not heard the news yet.</summary>
    public static bool IsPassedOver(RefusalCode code) => code is
        RefusalCode.EnclaveDetached or RefusalCode.EnclaveBusy or RefusalCode.EnclaveFault or
        RefusalCode.PhaseRefused or RefusalCode.NodeNotMember or RefusalCode.KeyUnknown or RefusalCode.StateStale or
        RefusalCode.RevocationsMissing or RefusalCode.RevocationsOverdue or RefusalCode.AuditRate;
}

/// <summary>An answer, and the node that gave it.</summary>
internal sealed record Served<T>(NodeId Node, T Value)
    where T : notnull;
