using System.Security.Cryptography;
using VaultGrid.Dealing;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.LocalGrid;

/// <content>Keys that several clusters hold.</content>
public sealed partial class LocalVaultGrid
{
    /// <summary>Deals a key to the first node of each of some clusters, has them import it under the administrators' quorum, and duplicates it inside each.</summary>
    /// <param name="policy">The key's first policy; no hardened paths.</param>
    /// <param name="threshold">How many clusters sign together.</param>
    /// <param name="clusters">The clusters, ascending.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LocalGridException">It was refused.</exception>
    public async Task<KeyStatus> DealKeyAsync(KeyPolicy policy, int threshold, IReadOnlyList<ClusterId> clusters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clusters);
        Say($"dealing the key '{policy.KeyId}' to {clusters.Count} clusters, of which {threshold} will sign together");
        var wrapKeys = await Task.WhenAll(clusters.Select(cluster => WrapKeyAsync(new NodeId(cluster, 1), policy.KeyId, cancellationToken))).ConfigureAwait(false);
        using var random = RandomNumberGenerator.Create();
        var order = new DealOrder { FirstPolicy = policy, Threshold = threshold, Recipients = wrapKeys };
        var dealt = Steps.Done(await Task.Run(() => DealCeremony.Deal(order, random, null, cancellationToken), cancellationToken).ConfigureAwait(false), $"dealing '{policy.KeyId}'");

        var request = Requests.Deal(policy, dealt.Manifest, clusters);
        _ = await Requests.DoAsync(request, dealt.Package.ToBytes(), _options.Quorum, cancellationToken).ConfigureAwait(false);
        return Steps.Done(await Client.GetKeyAsync(clusters[0], policy.KeyId, cancellationToken).ConfigureAwait(false), $"key '{policy.KeyId}'");
    }

    private async Task<VerifiedWrapKey> WrapKeyAsync(NodeId node, KeyId key, CancellationToken cancellationToken)
    {
        var told = Steps.Done(await Client.GetWrapKeyAsync(node, key, cancellationToken).ConfigureAwait(false), $"the wrap key of node {node}");
        var said = new SignedStatement(told.Statement, told.Certificate, told.Signature);
        return Steps.Done(VerifiedWrapKey.Verify(said, key, Ceremony.Trusted(), _time.GetUtcNow()), $"the wrap key of node {node}");
    }
}
