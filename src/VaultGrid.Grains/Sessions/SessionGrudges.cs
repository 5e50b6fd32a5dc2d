using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace VaultGrid.Grains.Sessions;

/// <summary>What spoiled sessions a moment ago, by key, so that the next ones begin with others. Forgotten soon; a hint like all that the grid knows.</summary>
internal sealed class SessionGrudges(IOptions<GridGrainOptions> options, TimeProvider time)
{
    private const int Limit = 4096;

    private readonly ConcurrentDictionary<Hash256, (SessionRecord Record, DateTimeOffset Until)> _held = new();

    /// <summary>What to begin a session of a key with.</summary>
    public SessionRecord Of(Hash256 key)
    {
        if (!_held.TryGetValue(key, out var held)) return SessionRecord.Empty;
        if (time.GetUtcNow() < held.Until) return held.Record;
        _held.TryRemove(key, out _);
        return SessionRecord.Empty;
    }

    /// <summary>Holds what a session met against those who caused it; who did not answer is the cluster's own to notice.</summary>
    public void Hold(Hash256 key, SessionRecord record)
    {
        if (_held.Count >= Limit) _held.Clear();
        _held[key] = (record.Forgiven(), time.GetUtcNow() + options.Value.Sessions.Grudge);
    }
}
