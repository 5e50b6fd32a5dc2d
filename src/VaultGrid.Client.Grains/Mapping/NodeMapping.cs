namespace VaultGrid.Client.Grains;

/// <summary>Nodes, between the grains' messages and the client's records.</summary>
internal static class NodeMapping
{
    public static ProvisionNode Command(NodeProvisioning provisioning) => new(
        provisioning.DeviceKey, provisioning.Root, [.. provisioning.Admins], provisioning.Adapter);

    public static Outcome<CertificateRequest> Request(ProvisionedNode answer) => new CertificateRequest(answer.Request, answer.Admins);

    public static Outcome<DeviceStatement> Statement(NodeStatement said) => new DeviceStatement(said.Statement, said.Certificate, said.Signature);

    public static Outcome<NodeStatus> Status(NodeReport report) => ToStatus(report);

    public static NodeStatus ToStatus(NodeReport report) => new()
    {
        Node = report.Node,
        Phase = report.Phase,
        LastSeen = report.LastSeen,
        Adapter = report.Adapter,
        SoftwareVersion = report.SoftwareVersion,
        Certificate = report.Certificate.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.Certificate,
        DeviceKey = report.DeviceKey,
        StoreVersion = report.LastSeen is null ? null : report.StoreVersion,
        VersionedPart = report.VersionedPart,
        Admins = report.Admins,
        Membership = report.Membership,
        MembershipNumber = report.Membership is null ? null : report.MembershipNumber,
        RevocationLists = [.. report.RevocationLists.Select(list => new RevocationListStatus(list.Issuer, list.Number, list.NextUpdate))],
        Keys = [.. report.Keys.Select(key => new NodeKey(key.KeyId, key.Key, key.Fingerprint, key.Policy, key.PolicyNumber))],
        AlarmsHash = report.AlarmsHash,
        Alarms = [.. report.Alarms.Select(alarm => new NodeAlarm(alarm.Key, [.. alarm.Nodes], alarm.Count))],
    };
}
