using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.Approvals;

/// <summary>
/// Has requests of several clusters carried out: a signature in a session, everything else by each cluster for itself. A cluster that has done its
/// part is not asked again, and one that was asked twice answers the same, so what was cut off goes on where it was.
/// </summary>
internal sealed class JointExecution(IClusterGateways gateways)
{
    /// <summary>Carries it out as far as it goes.</summary>
    public Task<Attempt> PerformAsync(
        IGrainFactory grains, RequestReport report, Request request, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken) =>
        request is SignRequest sign
            ? SignAsync(grains, report, sign, approvals, cancellationToken)
            : PerformPartsAsync(grains, report, request, approvals, cancellationToken);

    private static async Task<Attempt> SignAsync(
        IGrainFactory grains, RequestReport report, SignRequest request, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var ended = await SessionRuns.RunAsync(grains, new SessionOrder(request.Key, report.Clusters, report.Request, approvals, default), cancellationToken);
        return ended.Signature is { } signature
            ? new Attempt(new Carried(signature.Node, signature, request.Key), [], ended.Session)
            : new Attempt(ended.Refusal!.ToRefusal(), [], ended.Session);
    }

    private async Task<Attempt> PerformPartsAsync(
        IGrainFactory grains, RequestReport report, Request request, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(report.Clusters.Select(cluster => PartAsync(grains, report, request, approvals, cluster, cancellationToken)));
        ImmutableArray<ClusterPart> parts = [.. asked.Select(part => part.Part)];
        var refused = parts.FirstOrDefault(part => part.Node is null);
        if (refused is null) return new Attempt(new Carried(parts[0].Node!.Value, null, asked.Select(part => part.Key).FirstOrDefault(key => key is not null) ?? report.Key), parts);

        var refusal = refused.Refusal!.ToRefusal();
        var done = parts.Where(part => part.Node is not null).Select(part => part.Cluster.ToString()).ToList();
        var so = done.Count == 0 ? "no cluster has done its part" : $"done in cluster {string.Join(", ", done)}; execute it again for the others";
        return new Attempt(new Refusal(refusal.Code, $"cluster {refused.Cluster}: {refusal.Detail} ({so})"), parts);
    }

    private async Task<(ClusterPart Part, Hash256? Key)> PartAsync(
        IGrainFactory grains, RequestReport report, Request request, ImmutableArray<GivenApproval> approvals, ClusterId cluster, CancellationToken cancellationToken)
    {
        if (report.Parts.FirstOrDefault(part => part.Cluster == cluster) is { Node: not null } done) return (done, null);
        if (!DocumentFor(request, report.Document, cluster).Is(out var own, out var refusal)) return (new ClusterPart(cluster, null, Refused.Of(refusal)), null);
        var outcome = await gateways.To(grains, cluster).PerformAsync(new PerformApproved(report.Request, approvals, own.Document, own.First), cancellationToken);
        return outcome.Is(out var performed, out refusal)
            ? (new ClusterPart(cluster, performed.Node, null), performed.Key)
            : (new ClusterPart(cluster, null, Refused.Of(refusal)), null);
    }

    // Of a deal each cluster is given its own part, and the node that the dealer wrapped it for; all else goes to all as it was filed.
    private static Outcome<(ReadOnlyMemory<byte> Document, NodeId? First)> DocumentFor(Request request, ReadOnlyMemory<byte> filed, ClusterId cluster)
    {
        if (request is not DealKeyRequest deal) return (filed, null);
        if (!DealPackage.ParseFor(deal, filed.Span).Is(out var package, out var refusal)) return refusal;
        if (!DealManifest.Parse(package.Manifest.Span).Is(out var manifest, out refusal)) return refusal;
        return package.For(cluster) is { } document
            ? (document.ToBytes(), manifest.RecipientIn(cluster)?.Node)
            : new Refusal(RefusalCode.RequestMalformed, $"the dealer made no part for cluster {cluster}");
    }
}
