using System.Collections.Concurrent;

namespace VaultGrid.Grains.Sessions;

/// <summary>
/// Which nodes serve with a key in each cluster, so that not every session asks all clusters for it. A hint, known for a moment: a cluster on this silo that sees its nodes
/// change, and a session that was spoiled, have it asked anew.
/// </summary>
internal sealed class SessionHolderBook(TimeProvider time)
{
    private const int Limit = 4096;

    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(ClusterId Cluster, Hash256 Key), (ImmutableArray<NodeId> Nodes, DateTimeOffset Until)> _known = new();
    private int _changes;

    /// <summary>The nodes that may serve, in the order in which the cluster would have them serve.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="gateway">The way to it.</param>
    /// <param name="key">The hash of the key's birth record.</param>
    /// <param name="fresh">Whether every node is asked now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Outcome<ImmutableArray<NodeId>>> GetAsync(
        ClusterId cluster, IClusterGateway gateway, Hash256 key, bool fresh, CancellationToken cancellationToken)
    {
        if (!fresh && _known.TryGetValue((cluster, key), out var known) && time.GetUtcNow() < known.Until) return known.Nodes;
        var before = Volatile.Read(ref _changes);
        var holders = await gateway.GetHoldersAsync(key, fresh, cancellationToken);
        if (holders.Is(out var nodes, out _) && Volatile.Read(ref _changes) == before)
        {
            if (_known.Count >= Limit) _known.Clear();
            _known[(cluster, key)] = (nodes, time.GetUtcNow() + KnownFor);
        }

        return holders;
    }

    /// <summary>Something has changed: everything is asked anew.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
    }
}
