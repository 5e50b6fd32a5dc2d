using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Sessions;

/// <summary>Who can take part in sessions of a key, and the way to them.</summary>
internal sealed class SessionSeats
{
    private readonly SessionHolderBook _holders;
    private readonly Dictionary<ClusterId, IClusterGateway> _gateways;
    private readonly ImmutableArray<NodeId> _only;
    private ImmutableArray<SessionBench> _benches;

    /// <param name="coordination">The silo's.</param>
    /// <param name="grains">The grain engine.</param>
    /// <param name="key">The hash of the key's birth record.</param>
    /// <param name="terms">What sessions need to know of it.</param>
    /// <param name="clusters">The clusters that may take part.</param>
    /// <param name="only">The only nodes that may; none where all may.</param>
    public SessionSeats(
        SessionCoordination coordination, IGrainFactory grains, Hash256 key, SessionTerms terms, ImmutableArray<ClusterId> clusters,
        ImmutableArray<NodeId> only = default)
    {
        (Key, Terms, _holders, _only) = (key, terms, coordination.Holders, only.IsDefault ? [] : only);
        _gateways = terms.Clusters.Intersect(clusters).ToDictionary(cluster => cluster, cluster => coordination.Gateways.To(grains, cluster));
    }

    /// <summary>The hash of the key's birth record.</summary>
    public Hash256 Key { get; }

    /// <summary>What sessions need to know of it.</summary>
    public SessionTerms Terms { get; }

    /// <summary>The field to choose from.</summary>
    public async Task<SessionField> FieldAsync(SessionRecord record, bool fresh, CancellationToken deadline)
    {
        if (_benches.IsDefault || fresh)
            _benches = [.. await Task.WhenAll(_gateways.OrderBy(pair => pair.Key.Number).Select(pair => BenchAsync(pair.Key, pair.Value, fresh, deadline)))];
        return new SessionField(Terms.Needed, _benches, record);
    }

    /// <summary>True where a node is told ahead what it will be asked.</summary>
    public bool TakesHints(NodeId node) => _gateways[node.Cluster].TakesHints;

    /// <summary>The way to a node.</summary>
    public IEnclavePort Reach(NodeId node) => _gateways[node.Cluster].Enclave(node);

    private async Task<SessionBench> BenchAsync(ClusterId cluster, IClusterGateway gateway, bool fresh, CancellationToken deadline)
    {
        try
        {
            var holders = await _holders.GetAsync(cluster, gateway, Key, fresh, deadline);
            return new SessionBench(cluster, holders.Is(out var nodes, out _) ? [.. nodes.Where(node => _only.IsEmpty || _only.Contains(node))] : []);
        }
        catch (OperationCanceledException)
        {
            return new SessionBench(cluster, []);
        }
    }
}
