using System.Globalization;
using System.Text.Json;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Nodes;

/// <summary>A node as JSON and for people.</summary>
internal static class NodeText
{
    public static Report Report(NodeStatus status)
    {
        var report = new Report(JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.NodeStatus)!)
            .Field("node", status.Node)
            .Field("phase", status.Phase)
            .Field("last seen", status.LastSeen is { } seen ? UtcTime.Format(seen) : "never")
            .Field("enclave", $"{status.Adapter ?? "-"} adapter, version {status.SoftwareVersion ?? "-"}")
            .Field("D key, SHA-256", status.DeviceKey)
            .Field("certificate", Certificate(status))
            .Field("admins", status.Admins)
            .Field("membership", status.Membership is { } record ? $"{record}, number {Number(status.MembershipNumber)}" : "none")
            .Field("store version", Number(status.StoreVersion))
            .Field("versioned part", status.VersionedPart);
        if (status.Keys.Count > 0)
            report.Table(["key", "hash", "policy"], status.Keys.Select(key => new[] { key.KeyId.ToString(), key.Key.ToString(), Number(key.PolicyNumber) }));
        if (status.RevocationLists.Count > 0)
        {
            report.Table(
                ["list of", "number", "due again"],
                status.RevocationLists.Select(list => new[] { list.Issuer, Number(list.Number), UtcTime.Format(list.NextUpdate) }));
        }

        if (status.Alarms.Count > 0)
        {
            report.Field("alarms", status.AlarmsHash).Table(
                ["alarm about", "key", "count"],
                status.Alarms.Select(alarm => new[] { string.Join(", ", alarm.Nodes), alarm.Key.ToString(), Number(alarm.Count) }));
        }

        return report;
    }

    private static string Certificate(NodeStatus status) =>
        status.Certificate is { } der && RoleCertificate.Parse(der.Span).Is(out var certificate, out _)
            ? $"{certificate.Identity}, valid until {UtcTime.Format(certificate.NotAfter)}"
            : "none";

    private static string Number(ulong? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
