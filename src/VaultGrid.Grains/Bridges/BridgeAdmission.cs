using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace VaultGrid.Grains.Bridges;

/// <summary>Counts the calls from outside that are under way on this silo, by door, and says when it is enough.</summary>
internal sealed class BridgeAdmission
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private readonly int _limit;
    private readonly Counter<long> _refused;

    public BridgeAdmission(IOptions<GridGrainOptions> options, IMeterFactory meters)
    {
        _limit = options.Value.BridgeCalls;
        var meter = meters.Create("VaultGrid.Bridges");
        _refused = meter.CreateCounter<long>("vaultgrid.bridge.overloaded", description: "Calls that were refused early.");
        meter.CreateObservableGauge("vaultgrid.bridge.calls.underway", UnderWay, description: "Calls from outside that are under way on this silo.");
    }

    /// <summary>Runs a call, or refuses it early.</summary>
    public async Task<Answer<T>> RunAsync<T>(string door, Func<Task<Answer<T>>> call)
        where T : class
    {
        var gate = _gates.GetOrAdd(door, Open);
        try
        {
            if (Interlocked.Increment(ref gate.UnderWay) > _limit)
            {
                _refused.Add(1, new KeyValuePair<string, object?>("door", door));
                return new Refusal(RefusalCode.GridOverloaded, $"{_limit} calls are under way at this door already; try again in a second");
            }

            return await call();
        }
        finally
        {
            Interlocked.Decrement(ref gate.UnderWay);
        }
    }

    // A counter that starts at nought is there to be watched before it counts.
    private Gate Open(string door)
    {
        _refused.Add(0, new KeyValuePair<string, object?>("door", door));
        return new Gate();
    }

    private IEnumerable<Measurement<int>> UnderWay() =>
        _gates.Select(gate => new Measurement<int>(Volatile.Read(ref gate.Value.UnderWay), new KeyValuePair<string, object?>("door", gate.Key)));

    private sealed class Gate
    {
        public int UnderWay;
    }
}
