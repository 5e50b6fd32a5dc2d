using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Nodes;

/// <summary>Writes an enclave's status as a report.</summary>
internal static class Reports
{
    public static NodeReport Of(NodeId node, EnclaveStatus status, DateTimeOffset now) => new()
    {
        Node = node,
        Phase = NameOf(status.Phase),
        LastSeen = now,
        Adapter = status.Adapter,
        SoftwareVersion = status.SoftwareVersion,
        Certificate = status.Certificate,
        DeviceKey = OrNull(status.DeviceKey),
        StoreVersion = status.StoreVersion,
        VersionedPart = OrNull(status.VersionedPart),
        Admins = OrNull(status.Admins),
        AdminsNumber = status.AdminsNumber,
        Membership = OrNull(status.Membership),
        MembershipNumber = status.MembershipNumber,
        RevocationLists = [.. status.RevocationLists.Select(list => new RevocationListReport(list.Issuer, list.Number, list.NextUpdate))],
        Keys = [.. status.Keys.Select(key => new HeldKeyReport(key.KeyId, key.Key, key.Fingerprint, key.Policy, key.PolicyNumber))],
        AlarmsHash = status.AlarmsHash,
        Alarms = [.. status.Alarms.Select(alarm => new AlarmReport(alarm.Key, [.. alarm.Nodes], alarm.Count))],
    };

    /// <summary>A node that does not answer keeps what was known of it.</summary>
    public static NodeReport Detached(NodeId node, NodeReport? last) =>
        (last ?? new NodeReport { Node = node, Phase = NodeReport.Detached }) with { Phase = NodeReport.Detached };

    private static Hash256? OrNull(Hash256 hash) => hash == default ? null : hash;

    private static string NameOf(EnclavePhase phase) => phase switch
    {
        EnclavePhase.Unprovisioned => "unprovisioned",
        EnclavePhase.Provisioned => "provisioned",
        EnclavePhase.Certified => NodeReport.Certified,
        EnclavePhase.Member => NodeReport.Member,
        EnclavePhase.Held => NodeReport.Held,
        EnclavePhase.Retired => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not a phase."),
    };
}
