using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

/// <summary>A whole hierarchy with two clusters, each CA with its empty first list.</summary>
internal sealed class ForgedGrid
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Start.AddDays(3);

    public static readonly ForgedGrid Shared = new();

    public ForgedGrid()
    {
        Root = new(CertificateIdentity.Authority(CertificateRole.Root), null, Start);
        AdminCa = Under(Root, CertificateIdentity.Authority(CertificateRole.AdminCa));
        OperatorCa = Under(Root, CertificateIdentity.Authority(CertificateRole.OperatorCa));
        RelayCa = Under(Root, CertificateIdentity.Authority(CertificateRole.RelayCa));
        DeviceCa = Under(Root, CertificateIdentity.Authority(CertificateRole.DeviceCa));
        ClusterOne = Under(DeviceCa, CertificateIdentity.ClusterAuthority(new ClusterId(1)));
        ClusterTwo = Under(DeviceCa, CertificateIdentity.ClusterAuthority(new ClusterId(2)));
        Authorities = [Root, AdminCa, OperatorCa, RelayCa, DeviceCa, ClusterOne, ClusterTwo];
        Admin = Under(AdminCa, CertificateIdentity.Admin(1));
        Operator = Under(OperatorCa, CertificateIdentity.Operator(1));
        Relay = Under(RelayCa, CertificateIdentity.Relay("relay-1").Value);
        Client = Under(RelayCa, CertificateIdentity.Client("backend").Value);
        Device = Under(ClusterOne, CertificateIdentity.Device(NodeId.Parse("1/2")));
        Leafs = [Admin, Operator, Relay, Client, Device];
        Pinned = TrustedAuthorities.Pin(Root.Der).Value;
        Trusted = Pinned.TryAdd(Bundle(Authorities, [.. Authorities.Select(ca => ca.List(1, Start))]), Now).Value;
    }

    public ForgedCertificate Root { get; }

    public ForgedCertificate AdminCa { get; }

    public ForgedCertificate OperatorCa { get; }

    public ForgedCertificate RelayCa { get; }

    public ForgedCertificate DeviceCa { get; }

    public ForgedCertificate ClusterOne { get; }

    public ForgedCertificate ClusterTwo { get; }

    public ForgedCertificate Admin { get; }

    public ForgedCertificate Operator { get; }

    public ForgedCertificate Relay { get; }

    public ForgedCertificate Client { get; }

    public ForgedCertificate Device { get; }

    public IReadOnlyList<ForgedCertificate> Authorities { get; }

    public IReadOnlyList<ForgedCertificate> Leafs { get; }

    public TrustedAuthorities Pinned { get; }

    public TrustedAuthorities Trusted { get; }

    public static ForgedCertificate Under(ForgedCertificate issuer, CertificateIdentity identity) => new(identity, issuer, Start);

    public static AuthorityBundle Bundle(IEnumerable<ForgedCertificate> authorities, params byte[][] lists) => new(
        [.. authorities.Select(ca => new ReadOnlyMemory<byte>(ca.Der))],
        [.. lists.Select(list => new ReadOnlyMemory<byte>(list))]);

    public static AuthorityBundle Lists(params byte[][] lists) => Bundle([], lists);
}
