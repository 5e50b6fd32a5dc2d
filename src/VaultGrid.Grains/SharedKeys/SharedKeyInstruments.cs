using System.Diagnostics.Metrics;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>What is measured of shared keys.</summary>
internal sealed class SharedKeyInstruments
{
    private readonly Histogram<double> _signatures;
    private readonly Histogram<double> _ceremonies;
    private readonly Counter<long> _blamed;

    public SharedKeyInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("VaultGrid.SharedKeys");
        _signatures = meter.CreateHistogram<double>("vaultgrid.shared.signature.duration", "s", "How long signatures of shared keys took.");
        _ceremonies = meter.CreateHistogram<double>("vaultgrid.shared.ceremony.duration", "s", "How long ceremonies of shared keys took.");
        _blamed = meter.CreateCounter<long>("vaultgrid.shared.blamed", "{node}", "How often a holder of a shared key was blamed.");
    }

    public void OnSigned(string algorithm, bool pooled, RefusalCode? refusal, TimeSpan elapsed) => _signatures.Record(
        elapsed.TotalSeconds,
        new KeyValuePair<string, object?>("algorithm", algorithm),
        new KeyValuePair<string, object?>("pooled", pooled),
        new KeyValuePair<string, object?>("refusal", refusal?.Name()));

    public void OnCeremony(string kind, string state, TimeSpan elapsed) => _ceremonies.Record(
        elapsed.TotalSeconds, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("state", state));

    public void OnBlamed(NodeId node, string why) => _blamed.Add(
        1, new KeyValuePair<string, object?>("node", node.ToString()), new KeyValuePair<string, object?>("why", why));
}
