using System.Diagnostics.Metrics;

namespace VaultGrid.Grains.Approvals;

/// <summary>What is measured of requests.</summary>
internal sealed class ApprovalInstruments
{
    private readonly Counter<long> _filed;
    private readonly Counter<long> _approved;
    private readonly Histogram<double> _executed;
    private readonly Counter<long> _signatures;

    public ApprovalInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("VaultGrid.Approvals");
        _filed = meter.CreateCounter<long>("vaultgrid.requests.filed", description: "Requests that were filed.");
        _approved = meter.CreateCounter<long>("vaultgrid.requests.approvals", description: "Approvals that were taken.");
        _executed = meter.CreateHistogram<double>("vaultgrid.requests.execution.duration", "s", "How long it took to have requests carried out.");
        _signatures = meter.CreateCounter<long>("vaultgrid.signatures", description: "Signatures that enclaves made on approved requests.");
    }

    public void OnFiled(string action) => _filed.Add(1, new KeyValuePair<string, object?>("action", action));

    public void OnApproved(int approvals) => _approved.Add(approvals);

    public void OnSigned(ClusterId cluster) => _signatures.Add(1, new KeyValuePair<string, object?>("cluster", cluster.ToString()));

    public void OnExecuted(string action, RefusalCode? refusal, TimeSpan elapsed) => _executed.Record(
        elapsed.TotalSeconds,
        new KeyValuePair<string, object?>("action", action),
        new KeyValuePair<string, object?>("refusal", refusal?.Name()));
}
