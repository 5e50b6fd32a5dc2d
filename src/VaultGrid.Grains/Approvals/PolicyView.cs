using System.Collections.Concurrent;

namespace VaultGrid.Grains.Approvals;

/// <summary>Policies that this silo has seen, by their hash: a hash never changes its meaning. For early answers only.</summary>
internal sealed class PolicyView
{
    private const int Limit = 4096;

    private readonly ConcurrentDictionary<Hash256, KeyPolicy> _known = new();

    /// <summary>The policy that a request names; null where the grid has not seen it.</summary>
    public async ValueTask<KeyPolicy?> FindAsync(IGrainFactory grains, Request request, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(request.Policy, out var known)) return known;

        if (request is SignRequest { Subject: SigningSubject.Message } signing)
        {
            var shared = await grains.GetGrain<ISharedKeyGrain>(signing.Key.ToString()).GetPolicyAsync(cancellationToken);
            return shared.Value is { } news && Hash256.Of("policy", news.Document.Span) == request.Policy && KeyPolicy.Parse(news.Document.Span).Is(out var inForce, out _)
                ? _known[request.Policy] = inForce
                : null;
        }

        foreach (var cluster in request.Clusters?.All ?? [request.Cluster])
        {
            var document = await AskAsync(grains, request, cluster, cancellationToken);
            if (Hash256.Of("policy", document.Span) != request.Policy || !KeyPolicy.Parse(document.Span).Is(out var policy, out _)) continue;
            if (_known.Count >= Limit) _known.Clear();
            return _known[request.Policy] = policy;
        }

        return null;
    }

    private static async Task<ReadOnlyMemory<byte>> AskAsync(IGrainFactory grains, Request request, ClusterId id, CancellationToken cancellationToken)
    {
        var cluster = grains.GetGrain<IClusterGrain>(id.ToString());
        var key = request switch
        {
            SignRequest sign => sign.Key,
            ChangePolicyRequest change => change.Key,
            _ => (Hash256?)null,
        };
        if (key is not { } hash) return (await cluster.GetAdminsAsync(request.Policy, cancellationToken)).Value?.Document ?? default;

        var found = await cluster.FindKeyAsync(hash, cancellationToken);
        if (found.Value is not { } named) return default;
        var report = await grains.GetGrain<IKeyGrain>($"{id}/{named.KeyId}").GetAsync(cancellationToken);
        return report.Value?.PolicyDocument ?? default;
    }
}
