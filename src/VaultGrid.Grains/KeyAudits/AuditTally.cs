using System.Security.Cryptography;

namespace VaultGrid.Grains.KeyAudits;

/// <summary>What the checks of one key have come to so far.</summary>
internal sealed class AuditTally(ClusterKey key)
{
    // A key that fails everywhere fails often: what is told of it stays readable.
    private const int Told = 64;

    private readonly List<AuditFailure> _failures = [];
    private readonly SortedSet<NodeId> _broken = new(Comparer<NodeId>.Create((one, other) => (one.Cluster.Number, one.Index).CompareTo((other.Cluster.Number, other.Index))));
    private ImmutableArray<NodeId> _suspects = [];
    private int _checks;

    /// <summary>Eight bytes to sign.</summary>
    public static ReadOnlyMemory<byte> Message() => RandomNumberGenerator.GetBytes(8);

    public void Passed() => _checks++;

    public AuditTally Failed(string what, ImmutableArray<NodeId> nodes, Refusal refusal)
    {
        _checks++;
        if (_failures.Count < Told) _failures.Add(new AuditFailure(what, nodes, Refused.Of(refusal)));
        return this;
    }

    public void IsBroken(NodeId node) => _broken.Add(node);

    public void Suspect(ImmutableArray<NodeId> nodes) => _suspects = nodes;

    public AuditedKey ToKey(string kind) => new(key.KeyId, key.Key, kind, _checks, [.. _failures], [.. _broken], _suspects.RemoveRange(_broken));
}
