using VaultGrid.Ceremony.Keys;
using VaultGrid.Crypto;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <content>New CAs.</content>
public sealed partial class GridAuthorities
{
    private static readonly CertificateRole[] StandingAuthorities =
        [CertificateRole.AdminCa, CertificateRole.OperatorCa, CertificateRole.RelayCa, CertificateRole.DeviceCa];

    /// <summary>Adds the CA of one more cluster, with its empty list. <c>state.conflict</c>: the cluster has one.</summary>
    public Outcome<RoleCertificate> AddCluster(ClusterId cluster, SecretBytes passphrase)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        var identity = CertificateIdentity.ClusterAuthority(cluster);
        if (Folder(identity) is not null) return new Refusal(RefusalCode.StateConflict, $"cluster {cluster} has its CA already");

        return CreateUnder(identity, passphrase);
    }

    private Refusal? CreateAll(IEnumerable<ClusterId> clusters, SecretBytes passphrase)
    {
        var root = CreateRoot(passphrase);
        if (root is not null) return root;

        var identities = StandingAuthorities.Select(CertificateIdentity.Authority)
            .Concat(clusters.Distinct().Select(CertificateIdentity.ClusterAuthority));
        return identities.Select(identity => CreateUnder(identity, passphrase).Refusal).FirstOrDefault(refusal => refusal is not null);
    }

    private Refusal? CreateRoot(SecretBytes passphrase)
    {
        using var key = SigningKey.Generate(_options.KeyKind);
        var identity = CertificateIdentity.Authority(CertificateRole.Root);
        var name = CertificateIssuer.NameOf(identity, _options.Organization);
        var der = new CertificateIssuer(name, key)
            .Issue(identity, key.Public, name, ServerNames.None, CertificateIssuer.DrawSerial(), Now, Now + _options.RootValidity);
        if (!RoleCertificate.Parse(der).Is(out var certificate, out var refusal)) return refusal;

        return Establish(certificate, key, passphrase).Refusal;
    }

    private Outcome<RoleCertificate> CreateUnder(CertificateIdentity identity, SecretBytes passphrase)
    {
        using var key = SigningKey.Generate(_options.KeyKind);
        if (!Certify(identity, key.Public, ServerNames.None, _options.AuthorityValidity, passphrase).Is(out var certificate, out var refusal)) return refusal;

        return Establish(certificate, key, passphrase);
    }

    private Outcome<RoleCertificate> Establish(RoleCertificate certificate, SigningKey key, SecretBytes passphrase)
    {
        var folder = AuthorityFolder.Create(_path, certificate, key, passphrase, _options.Protection);
        _folders.Add(AuthorityFolder.NameOf(certificate.Identity), folder);
        return WriteList(folder, key).Then<RoleCertificate>(_ => certificate);
    }
}
