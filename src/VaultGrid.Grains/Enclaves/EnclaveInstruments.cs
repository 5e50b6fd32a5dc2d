using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

/// <summary>What is measured at the boundary, and what enclaves last said of themselves.</summary>
internal sealed class EnclaveInstruments
{
    private readonly ConcurrentDictionary<NodeId, NodeReport> _reports = new();
    private readonly TimeProvider _time;
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _refusals;
    private readonly UpDownCounter<long> _underWay;

    public EnclaveInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("VaultGrid.Enclaves");
        _calls = meter.CreateHistogram<double>("vaultgrid.enclave.call.duration", "s", "How long enclaves took to answer.");
        _refusals = meter.CreateCounter<long>("vaultgrid.enclave.refusals", description: "Calls that enclaves refused, by code.");
        _underWay = meter.CreateUpDownCounter<long>("vaultgrid.enclave.calls.underway", description: "Calls that wait for an enclave's answer.");
        meter.CreateObservableGauge("vaultgrid.enclave.state", States, description: "1 for the phase that a node was last seen in.");
        meter.CreateObservableGauge("vaultgrid.enclave.store.version", StoreVersions, description: "The version of a node's sealed store.");
        meter.CreateObservableGauge("vaultgrid.enclave.keys", Keys, description: "How many keys a node holds.");
        meter.CreateObservableGauge("vaultgrid.enclave.revocations.remaining", Remaining, "s", "How long until the first of a node's revocation lists is overdue.");
    }

    public void OnBegun(string node) => _underWay.Add(1, Tag("node", node));

    public void OnEnded(string node) => _underWay.Add(-1, Tag("node", node));

    public void OnCall(string node, byte kind, RefusalCode? refusal, TimeSpan elapsed)
    {
        var call = Tag("call", ((EnclaveCallKind)kind).ToString());
        _calls.Record(elapsed.TotalSeconds, call, Tag("refusal", refusal?.Name()));
        if (refusal is { } code) _refusals.Add(1, Tag("node", node), call, Tag("code", code.Name()));
    }

    /// <summary>A node said how it is, or did not answer.</summary>
    public void OnReport(NodeReport report) => _reports[report.Node] = report;

    /// <summary>The node is somebody else's to watch from now on.</summary>
    public void Forget(NodeId node) => _reports.TryRemove(node, out _);

    private static KeyValuePair<string, object?> Tag(string name, string? value) => new(name, value);

    private IEnumerable<Measurement<long>> States() => _reports.Values.Select(report => new Measurement<long>(
        1, Tag("node", report.Node.ToString()), Tag("phase", report.Phase), Tag("adapter", report.Adapter)));

    private IEnumerable<Measurement<long>> StoreVersions() =>
        _reports.Values.Select(report => new Measurement<long>((long)report.StoreVersion, Tag("node", report.Node.ToString())));

    private IEnumerable<Measurement<long>> Keys() =>
        _reports.Values.Select(report => new Measurement<long>(report.Keys.Length, Tag("node", report.Node.ToString())));

    private IEnumerable<Measurement<double>> Remaining() => _reports.Values
        .Where(report => !report.RevocationLists.IsDefaultOrEmpty)
        .Select(report => new Measurement<double>(
            (report.RevocationLists.Min(list => list.NextUpdate) - _time.GetUtcNow()).TotalSeconds, Tag("node", report.Node.ToString())));
}
