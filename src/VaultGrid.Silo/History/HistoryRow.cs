using Orleans.Storage;
using VaultGrid.Grains;

namespace VaultGrid.Silo.History;

/// <summary>A request as its row holds it: what is searched by, and the report in the encoding of grain state, without the request's bytes.</summary>
internal sealed record HistoryRow(
    Guid RequestId, long Cluster, long[] Others, string[] Customers, int State, string Caller, long Changed, long Expires, byte[]? SignedWith, byte[] Report)
{
    public static HistoryRow Of(RequestReport report, IGrainStorageSerializer serializer) => new(
        report.RequestId.Value,
        report.Cluster.Number,
        report.Clusters.IsDefaultOrEmpty ? [] : [.. report.Clusters.Where(cluster => cluster != report.Cluster).Select(cluster => (long)cluster.Number).Distinct()],
        report.Customers.IsDefaultOrEmpty ? [] : [.. report.Customers],
        (int)report.State,
        report.Caller,
        report.Changed.UtcTicks,
        report.Expires.UtcTicks,
        report.Signature is null ? null : report.Key?.ToArray(),
        serializer.Serialize(report with { Request = default, Document = default }).ToArray());

    public static RequestReport Read(byte[] report, IGrainStorageSerializer serializer) =>
        serializer.Deserialize<RequestReport>(new BinaryData(report)) ?? throw new InvalidOperationException("A row of the request history is empty.");
}
