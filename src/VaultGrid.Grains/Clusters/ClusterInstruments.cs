using System.Diagnostics.Metrics;

namespace VaultGrid.Grains.Clusters;

/// <summary>What is measured of clusters.</summary>
internal sealed class ClusterInstruments
{
    private readonly Histogram<double> _runs;
    private readonly Counter<long> _records;
    private readonly Counter<long> _keys;

    public ClusterInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("VaultGrid.Clusters");
        _runs = meter.CreateHistogram<double>("vaultgrid.cluster.synchronisation.duration", "s", "How long synchronisations took.");
        _records = meter.CreateCounter<long>("vaultgrid.cluster.records.brought", description: "Approved records that nodes were brought.");
        _keys = meter.CreateCounter<long>("vaultgrid.cluster.keys.copied", description: "Keys that were duplicated to nodes.");
    }

    public void OnSynchronised(ClusterId cluster, SynchronisationReport report, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("cluster", cluster.ToString());
        _runs.Record(elapsed.TotalSeconds, tag);
        _records.Add(report.Nodes.Sum(node => node.Records), tag);
        _keys.Add(report.Nodes.Sum(node => node.KeysCopied.Length), tag);
    }
}
