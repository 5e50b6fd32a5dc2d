using System.Collections.Concurrent;

namespace VaultGrid.LoadTest;

/// <summary>What came of the calls of one kind.</summary>
internal sealed class OperationRecord(Operation operation)
{
    public Operation Operation => operation;

    /// <summary>How long the calls that succeeded took.</summary>
    public Histogram Latencies { get; } = new();

    /// <summary>How many calls were refused, by code.</summary>
    public ConcurrentDictionary<string, long> Refused { get; } = new(StringComparer.Ordinal);

    public long Succeeded => Latencies.Count;

    public void Add(RefusalCode? refusal, TimeSpan latency)
    {
        if (refusal is { } code) Refused.AddOrUpdate(code.Name(), 1, (_, count) => count + 1);
        else Latencies.Add(latency);
    }
}
