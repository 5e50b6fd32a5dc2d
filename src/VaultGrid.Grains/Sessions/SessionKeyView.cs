using System.Collections.Concurrent;

namespace VaultGrid.Grains.Sessions;

/// <summary>Keys of several clusters that this silo has seen. What is kept of a key does not change with its policy.</summary>
internal sealed class SessionKeyView(IClusterGateways gateways)
{
    private const int Limit = 4096;

    private readonly ConcurrentDictionary<Hash256, KeyReport> _known = new();

    /// <summary>A key, from whichever of its clusters answers first in order; <c>key.unknown</c> where none has it.</summary>
    public async ValueTask<Outcome<KeyReport>> FindAsync(IGrainFactory grains, Hash256 key, ImmutableArray<ClusterId> clusters, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(key, out var known)) return known;
        var telling = new Refusal(RefusalCode.KeyUnknown, $"no cluster has a key with the birth record {key}");
        foreach (var cluster in clusters)
        {
            if ((await gateways.To(grains, cluster).FindKeyAsync(key, cancellationToken)).Is(out var found, out var refusal))
            {
                if (_known.Count >= Limit) _known.Clear();
                return _known[key] = found;
            }

            if (refusal.Code != RefusalCode.KeyUnknown) telling = refusal;
        }

        return telling;
    }
}
