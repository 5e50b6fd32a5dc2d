using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace VaultGrid.Grains.Sessions;

/// <summary>What is measured and traced of sessions. Names, numbers and codes only.</summary>
internal sealed class SessionInstruments
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "VaultGrid.Sessions";

    private static readonly ActivitySource Source = new(Name);

    private readonly Histogram<double> _sessions;
    private readonly Histogram<double> _rounds;
    private readonly Counter<long> _aborts;
    private readonly Counter<long> _prepared;
    private readonly UpDownCounter<long> _depth;

    public SessionInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _sessions = meter.CreateHistogram<double>("vaultgrid.session.duration", "s", "How long sessions took, with all their tries.");
        _rounds = meter.CreateHistogram<double>("vaultgrid.session.round.duration", "s", "How long participants took for a round.");
        _aborts = meter.CreateCounter<long>("vaultgrid.session.aborts", description: "What tries failed of.");
        _prepared = meter.CreateCounter<long>("vaultgrid.session.prepared", description: "Sessions that were prepared.");
        _depth = meter.CreateUpDownCounter<long>("vaultgrid.session.pool.depth", description: "Prepared sessions that wait.");
    }

    public static Activity? Session() => Source.StartActivity("session");

    public static Activity? Round(string protocol, byte round, NodeId node) => Source.StartActivity("session.round")
        ?.SetTag("protocol", protocol).SetTag("round", round).SetTag("node", node.ToString());

    public void OnSession(string protocol, bool prepared, RefusalCode? refusal, TimeSpan elapsed) => _sessions.Record(
        elapsed.TotalSeconds, Tag("protocol", protocol), Tag("prepared", prepared), Tag("refusal", refusal?.Name()));

    public void OnRound(string protocol, byte round, RefusalCode? refusal, TimeSpan elapsed) => _rounds.Record(
        elapsed.TotalSeconds, Tag("protocol", protocol), Tag("round", round), Tag("refusal", refusal?.Name()));

    public void OnAbort(string protocol, SessionMishap mishap) => _aborts.Add(1, Tag("protocol", protocol), Tag("round", mishap.Round), Tag("reason", mishap.Code));

    public void OnPrepared(string protocol) => _prepared.Add(1, Tag("protocol", protocol));

    public void OnDepth(string protocol, int change)
    {
        if (change != 0) _depth.Add(change, Tag("protocol", protocol));
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
