namespace VaultGrid.Model.Certificates;

/// <summary>The hierarchy as one table: who issues whom, how deep, for how long (protocols.md §1).</summary>
public static class CertificateRoles
{
    /// <summary>The stable name, such as <c>cluster-ca</c>.</summary>
    public static string Name(this CertificateRole role) => role switch
    {
        CertificateRole.Root => "root",
        CertificateRole.AdminCa => "admin-ca",
        CertificateRole.OperatorCa => "operator-ca",
        CertificateRole.RelayCa => "relay-ca",
        CertificateRole.DeviceCa => "device-ca",
        CertificateRole.ClusterCa => "cluster-ca",
        CertificateRole.Admin => "admin",
        CertificateRole.Operator => "operator",
        CertificateRole.Relay => "relay",
        CertificateRole.Client => "client",
        CertificateRole.Device => "device",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a certificate role."),
    };

    /// <summary>The only role whose certificates may issue this one; the root issues itself.</summary>
    public static CertificateRole Issuer(this CertificateRole role) => role switch
    {
        CertificateRole.Root or CertificateRole.AdminCa or CertificateRole.OperatorCa or CertificateRole.RelayCa
            or CertificateRole.DeviceCa => CertificateRole.Root,
        CertificateRole.ClusterCa => CertificateRole.DeviceCa,
        CertificateRole.Admin => CertificateRole.AdminCa,
        CertificateRole.Operator => CertificateRole.OperatorCa,
        CertificateRole.Relay or CertificateRole.Client => CertificateRole.RelayCa,
        CertificateRole.Device => CertificateRole.ClusterCa,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a certificate role."),
    };

    /// <summary>How many CAs may stand between this one and a leaf (RFC 5280 §4.2.1.9); null for a leaf.</summary>
    public static int? PathLength(this CertificateRole role) => role switch
    {
        CertificateRole.Root => 2,
        CertificateRole.DeviceCa => 1,
        CertificateRole.AdminCa or CertificateRole.OperatorCa or CertificateRole.RelayCa or CertificateRole.ClusterCa => 0,
        CertificateRole.Admin or CertificateRole.Operator or CertificateRole.Relay or CertificateRole.Client
            or CertificateRole.Device => null,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a certificate role."),
    };

    /// <summary>True where the certificate issues others.</summary>
    public static bool IsAuthority(this CertificateRole role) => role.PathLength() is not null;

    /// <summary>True where the role's policy OID and URI name a cluster.</summary>
    public static bool IsOfCluster(this CertificateRole role) => role is CertificateRole.ClusterCa or CertificateRole.Device;

    /// <summary>
    /// The longest validity that is accepted: 20 years for the root, 10 for CAs, 2 for leafs, and a few leap days. Because it is bounded, an
    /// enclave knows when a revocation list may forget an entry (<see cref="RevocationList.Supersedes"/>).
    /// </summary>
    public static TimeSpan LongestValidity(this CertificateRole role) =>
        role == CertificateRole.Root ? TimeSpan.FromDays(7310) : TimeSpan.FromDays(role.IsAuthority() ? 3655 : 735);
}
