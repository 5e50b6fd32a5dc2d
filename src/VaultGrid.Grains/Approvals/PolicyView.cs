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

        var document = await AskAsync(grains, request, cancellationToken);
        if (Hash256.Of("policy", document.Span) != request.Policy || !KeyPolicy.Parse(document.Span).Is(out var policy, out _)) return null;
        if (_known.Count >= Limit) _known.Clear();
        _known[request.Policy] = policy;
        return policy;
    }

    private static async Task<ReadOnlyMemory<byte>> AskAsync(IGrainFactory grains, Request request, CancellationToken cancellationToken)
    {
        var cluster = grains.GetGrain<IClusterGrain>(request.Cluster.ToString());
        var key = request switch
        {
            SignRequest sign => sign.Key,
            ChangePolicyRequest change => change.Key,
            _ => (Hash256?)null,
        };
        if (key is not { } hash) return (await cluster.GetAdminsAsync(request.Policy, cancellationToken)).Value?.Document ?? default;

        var found = await cluster.FindKeyAsync(hash, cancellationToken);
        if (found.Value is not { } named) return default;
        var report = await grains.GetGrain<IKeyGrain>($"{request.Cluster}/{named.KeyId}").GetAsync(cancellationToken);
        return report.Value?.PolicyDocument ?? default;
    }
}
