using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class ChainVerifierTests
{
    private static readonly ForgedGrid Grid = ForgedGrid.Shared;

    [Fact]
    public void Each_certificate_counts_for_its_own_role_and_for_no_other()
    {
        foreach (var certificate in Grid.Authorities.Concat(Grid.Leafs))
        {
            foreach (var expected in Enum.GetValues<CertificateRole>())
            {
                var outcome = ChainVerifier.Verify(certificate.Parsed, expected, Grid.Trusted, ForgedGrid.Now);
                Assert.Equal(expected == certificate.Identity.Role ? null : RefusalCode.CertificateRole, outcome.Refusal?.Code);
            }
        }
    }

    [Fact]
    public void Each_role_is_issued_by_one_kind_of_authority_and_by_no_other()
    {
        foreach (var leaf in Grid.Authorities.Skip(1).Concat(Grid.Leafs))
        {
            foreach (var issuer in Grid.Authorities)
            {
                var moved = ForgedGrid.Under(issuer, leaf.Identity);
                var outcome = ChainVerifier.Verify(moved.Parsed, leaf.Identity.Role, Grid.Trusted, ForgedGrid.Now);
                Assert.Equal(issuer == leaf.Issuer ? null : RefusalCode.CertificateRole, outcome.Refusal?.Code);
            }
        }
    }

    [Fact]
    public void A_leaf_that_acts_as_a_CA_issues_nothing()
    {
        foreach (var issuer in Grid.Leafs)
        {
            var under = ForgedGrid.Under(issuer, CertificateIdentity.Admin(9));
            Assert.Equal(RefusalCode.CertificateUntrusted, Refused(under, CertificateRole.Admin));
        }
    }

    [Fact]
    public void A_cluster_CA_certifies_nodes_of_its_own_cluster_alone()
    {
        var foreign = ForgedGrid.Under(Grid.ClusterOne, CertificateIdentity.Device(NodeId.Parse("2/1")));
        Assert.Equal(RefusalCode.CertificateRole, Refused(foreign, CertificateRole.Device));

        var own = ForgedGrid.Under(Grid.ClusterTwo, CertificateIdentity.Device(NodeId.Parse("2/1")));
        Assert.Null(ChainVerifier.Verify(own.Parsed, CertificateRole.Device, Grid.Trusted, ForgedGrid.Now).Refusal);
    }

    [Fact]
    public void A_foreign_grid_with_the_same_names_is_not_trusted()
    {
        var foreign = new ForgedGrid();
        foreach (var leaf in foreign.Leafs.Concat(foreign.Authorities))
            Assert.Equal(RefusalCode.CertificateUntrusted, Refused(leaf, leaf.Identity.Role));
    }

    [Fact]
    public void A_certificate_that_names_a_CA_but_is_signed_by_another_key_is_not_trusted()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(3072);
        foreach (var key in new AsymmetricAlgorithm[] { stranger, Grid.ClusterOne.Key, rsa })
        {
            var forged = ForgedGrid.Under(Grid.AdminCa, CertificateIdentity.Admin(1));
            forged.SigningKey = key;
            Assert.Equal(RefusalCode.CertificateUntrusted, Refused(forged, CertificateRole.Admin));
        }
    }

    [Fact]
    public void Validity_ends_are_exact()
    {
        var (first, last) = (Grid.Admin.NotBefore, Grid.Admin.NotAfter);
        var trusted = Grid.Trusted;
        Assert.Equal(RefusalCode.CertificateExpired, At(first.AddSeconds(-1)));
        Assert.Null(At(first));
        Assert.Null(At(last.AddMilliseconds(999)));
        Assert.Equal(RefusalCode.CertificateExpired, At(last.AddSeconds(1)));

        RefusalCode? At(DateTimeOffset time) =>
            ChainVerifier.Verify(Grid.Admin.Parsed, CertificateRole.Admin, trusted, time, OverdueLists.Tolerated).Refusal?.Code;
    }

    [Fact]
    public void An_expired_CA_ends_what_it_issued()
    {
        var shortLived = ForgedGrid.Under(Grid.DeviceCa, CertificateIdentity.ClusterAuthority(new ClusterId(3)));
        shortLived.NotAfter = ForgedGrid.Start.AddDays(10);
        var device = ForgedGrid.Under(shortLived, CertificateIdentity.Device(NodeId.Parse("3/1"))).Parsed;
        var trusted = Grid.Trusted.TryAdd(ForgedGrid.Bundle([shortLived], shortLived.List(1, ForgedGrid.Start)), ForgedGrid.Now).Value;

        Assert.Null(ChainVerifier.Verify(device, CertificateRole.Device, trusted, ForgedGrid.Now).Refusal);
        var later = ChainVerifier.Verify(device, CertificateRole.Device, trusted, ForgedGrid.Start.AddDays(11), OverdueLists.Tolerated);
        Assert.Equal(RefusalCode.CertificateExpired, later.Refusal?.Code);
    }

    [Fact]
    public void Without_the_list_of_each_CA_on_the_path_no_certificate_counts()
    {
        var path = new[] { Grid.Root, Grid.DeviceCa, Grid.ClusterOne };
        foreach (var missing in path)
        {
            var lists = Grid.Authorities.Where(ca => ca != missing).Select(ca => ca.List(1, ForgedGrid.Start)).ToArray();
            var trusted = Grid.Pinned.TryAdd(ForgedGrid.Bundle(Grid.Authorities, lists), ForgedGrid.Now).Value;
            Assert.Equal(RefusalCode.RevocationsMissing,
                ChainVerifier.Verify(Grid.Device.Parsed, CertificateRole.Device, trusted, ForgedGrid.Now).Refusal?.Code);
        }
    }

    [Fact]
    public void An_overdue_list_anywhere_on_the_path_stops_everything_but_what_tolerates_it()
    {
        foreach (var overdue in new[] { Grid.Root, Grid.DeviceCa, Grid.ClusterOne })
        {
            var time = ForgedGrid.Start.AddDays(8);
            var fresh = Grid.Authorities.Where(ca => ca != overdue).Select(ca => ca.List(2, time)).ToArray();
            var trusted = Grid.Trusted.TryAdd(ForgedGrid.Lists(fresh), time).Value;
            Assert.Equal(RefusalCode.RevocationsOverdue, ChainVerifier.Verify(Grid.Device.Parsed, CertificateRole.Device, trusted, time).Refusal?.Code);
            Assert.Null(ChainVerifier.Verify(Grid.Device.Parsed, CertificateRole.Device, trusted, time, OverdueLists.Tolerated).Refusal);
            Assert.Null(ChainVerifier.VerifyAsOf(Grid.Device.Parsed, CertificateRole.Device, trusted, time).Refusal);
        }
    }

    [Fact]
    public void A_revoked_certificate_or_CA_counts_no_more_but_its_past_stands()
    {
        var since = ForgedGrid.Start.AddDays(2);
        foreach (var (issuer, revoked) in new[] { (Grid.ClusterOne, Grid.Device), (Grid.DeviceCa, Grid.ClusterOne), (Grid.Root, Grid.DeviceCa) })
        {
            var trusted = Grid.Trusted.TryAdd(ForgedGrid.Lists(issuer.List(2, since, (revoked.Serial, since))), ForgedGrid.Now).Value;
            var device = Grid.Device.Parsed;
            Assert.Equal(RefusalCode.CertificateRevoked, ChainVerifier.Verify(device, CertificateRole.Device, trusted, ForgedGrid.Now).Refusal?.Code);
            Assert.Equal(RefusalCode.CertificateRevoked, ChainVerifier.VerifyAsOf(device, CertificateRole.Device, trusted, since).Refusal?.Code);
            Assert.Null(ChainVerifier.VerifyAsOf(device, CertificateRole.Device, trusted, since.AddSeconds(-1)).Refusal);
        }
    }

    [Fact]
    public void A_record_made_before_a_certificate_was_valid_is_refused_and_one_of_an_expired_certificate_stands()
    {
        var admin = Grid.Admin.Parsed;
        Assert.Equal(RefusalCode.CertificateExpired,
            ChainVerifier.VerifyAsOf(admin, CertificateRole.Admin, Grid.Trusted, admin.NotBefore.AddDays(-1)).Refusal?.Code);
        Assert.Null(ChainVerifier.VerifyAsOf(admin, CertificateRole.Admin, Grid.Trusted, admin.NotAfter).Refusal);
    }

    [Fact]
    public void A_leaf_with_the_key_of_a_CA_is_refused()
    {
        var forged = ForgedGrid.Under(Grid.AdminCa, CertificateIdentity.Admin(4));
        forged.Key = Grid.ClusterOne.Key;
        Assert.Equal(RefusalCode.CertificateKey, Refused(forged, CertificateRole.Admin));
    }

    [Fact]
    public void One_key_under_two_identities_is_seen_as_one_key()
    {
        var second = ForgedGrid.Under(Grid.AdminCa, CertificateIdentity.Admin(2));
        second.Key = Grid.Admin.Key;
        Assert.NotEqual(second.Parsed.Identity, Grid.Admin.Parsed.Identity);
        Assert.Equal(second.Parsed.Key, Grid.Admin.Parsed.Key);
    }

    [Fact]
    public void A_mixed_hierarchy_of_RSA_and_P256_verifies()
    {
        using var rsa = RSA.Create(3072);
        using var deviceKey = RSA.Create(3072);
        var authority = ForgedGrid.Under(Grid.DeviceCa, CertificateIdentity.ClusterAuthority(new ClusterId(9)));
        authority.Key = rsa;
        var device = ForgedGrid.Under(authority, CertificateIdentity.Device(NodeId.Parse("9/1")));
        device.Key = deviceKey;
        var trusted = Grid.Trusted.TryAdd(ForgedGrid.Bundle([authority], authority.List(1, ForgedGrid.Start)), ForgedGrid.Now).Value;
        Assert.Null(ChainVerifier.Verify(device.Parsed, CertificateRole.Device, trusted, ForgedGrid.Now).Refusal);
    }

    private static RefusalCode? Refused(ForgedCertificate certificate, CertificateRole role) =>
        ChainVerifier.Verify(certificate.Parsed, role, Grid.Trusted, ForgedGrid.Now).Refusal?.Code;
}
