using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Domains;

/// <summary>Carries a caller's call to the first HSM of a route that answers. An HSM that misses a Trust or the Domain's document says so before the call is used up, and is told.</summary>
internal sealed class DomainCarrier
{
    private static uint _turn;

    /// <summary>Asks.</summary>
    /// <param name="grains">The grains.</param>
    /// <param name="trust">The Trust whose HSMs are asked.</param>
    /// <param name="cluster">The cluster that the call names.</param>
    /// <param name="wanted">The node that must answer, if one must.</param>
    /// <param name="call">The call; with true it takes the Domain's document along.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<Outcome<Served<TAnswer>>> AskAsync<TAnswer>(
        IGrainFactory grains, TrustBody trust, ClusterId cluster, NodeId? wanted, Func<bool, EnclaveCall<TAnswer>> call, CancellationToken cancellationToken)
        where TAnswer : notnull
    {
        Refusal? telling = null;
        foreach (var node in DomainDecisions.Route(trust, cluster, wanted, Interlocked.Increment(ref _turn)))
        {
            var outcome = await AskAsync(grains, node, trust.Id, call, cancellationToken);
            if (outcome.Is(out var answer, out var refusal)) return new Served<TAnswer>(node, answer);
            if (!DomainDecisions.IsPassedOver(refusal.Code)) return refusal;
            if (telling is null || telling.Code == RefusalCode.EnclaveDetached) telling = refusal;
        }

        return telling ?? new Refusal(RefusalCode.DomainForeign, $"the Trust names no HSM of cluster {cluster} that may answer");
    }

    private static async Task<Outcome<TAnswer>> AskAsync<TAnswer>(
        IGrainFactory grains, NodeId node, TrustId chain, Func<bool, EnclaveCall<TAnswer>> call, CancellationToken cancellationToken)
        where TAnswer : notnull
    {
        var enclave = grains.Enclave(node);
        var outcome = await enclave.AskAsync(call(false), cancellationToken);
        if (outcome.Refusal?.Code == RefusalCode.DomainUnknown) outcome = await enclave.AskAsync(call(true), cancellationToken);
        if (outcome.Refusal?.Code != RefusalCode.TrustUnknown) return outcome;

        var taught = await grains.GetGrain<ITrustChainGrain>(chain.ToString()).TeachAsync(node, cancellationToken);
        return taught.Refusal is null ? await enclave.AskAsync(call(true), cancellationToken) : taught.Refusal.ToRefusal();
    }
}
