using System.Security.Cryptography;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Tests.Authorities;

public class GridAuthoritiesTests
{
    private static readonly NodeId Node = NodeId.Parse("1/2");
    private static readonly CertificateIdentity ClusterOne = CertificateIdentity.ClusterAuthority(new ClusterId(1));

    [Fact]
    public void A_new_grid_has_every_CA_with_its_first_empty_list()
    {
        using var grid = new TestGrid();
        var trusted = grid.Grid.Trusted().Value;
        Assert.Equal(
            ["vaultgrid://ca/root", "vaultgrid://ca/admin", "vaultgrid://ca/operator", "vaultgrid://ca/relay", "vaultgrid://ca/device", "vaultgrid://ca/cluster/1", "vaultgrid://ca/cluster/2"],
            trusted.Authorities.Select(authority => authority.Identity.Uri));
        foreach (var authority in trusted.Authorities)
        {
            var list = trusted.ListOf(authority)!;
            Assert.Equal((1ul, 0, TestGrid.Start.AddDays(7)), (list.Number, list.Revoked.Count, list.NextUpdate));
        }
    }

    [Fact]
    public void Everything_issued_counts_for_its_role_alone()
    {
        using var grid = new TestGrid();
        var issued = grid.IssueOneOfEach();
        var trusted = grid.Grid.Trusted().Value;
        foreach (var certificate in issued.Select(each => each.Certificate))
        {
            foreach (var role in Enum.GetValues<CertificateRole>())
            {
                var refusal = ChainVerifier.Verify(certificate, role, trusted, TestGrid.Start).Refusal;
                Assert.Equal(role == certificate.Role ? null : RefusalCode.CertificateRole, refusal?.Code);
            }
        }
    }

    [Fact]
    public void Private_keys_are_encrypted_and_everything_is_its_owners_alone()
    {
        using var grid = new TestGrid();
        grid.IssueOneOfEach();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are Unix's");
        var root = new DirectoryInfo(grid.Files["authorities"]);
        foreach (var entry in root.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(root))
        {
            var expected = entry is DirectoryInfo ? "700" : "600";
            Assert.Equal((entry.FullName, expected), (entry.FullName, Convert.ToString((int)(OperatingSystem.IsWindows() ? 0 : entry.UnixFileMode), 8)));
            if (entry.Name == "key.pem") Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(entry.FullName), StringComparison.Ordinal);
            else if (entry is FileInfo) Assert.DoesNotContain("PRIVATE", File.ReadAllText(entry.FullName == Path.Combine(root.FullName, "lock") ? "/dev/null" : entry.FullName), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Revoking_writes_the_next_list_and_the_certificate_counts_no_more()
    {
        using var grid = new TestGrid();
        var device = grid.CertifyDevice(Node).Certificate;
        grid.Time.Now = TestGrid.Start.AddDays(1);
        var list = grid.Grid.Revoke(device, RevocationReason.KeyCompromise, grid.Passphrase).Value;

        Assert.Equal((2ul, TestGrid.Start.AddDays(1)), (list.Number, list.Revoked[device.Serial]));
        var trusted = grid.Grid.Trusted().Value;
        Assert.Equal(RefusalCode.CertificateRevoked, ChainVerifier.Verify(device, CertificateRole.Device, trusted, grid.Time.Now).Refusal?.Code);
        Assert.Null(ChainVerifier.VerifyAsOf(device, CertificateRole.Device, trusted, TestGrid.Start).Refusal);

        grid.Time.Now = TestGrid.Start.AddDays(2);
        var again = grid.Grid.Revoke(device, RevocationReason.Superseded, grid.Passphrase).Value;
        Assert.Equal((3ul, TestGrid.Start.AddDays(1)), (again.Number, again.Revoked[device.Serial]));
    }

    [Fact]
    public void Revoking_an_identity_revokes_all_its_certificates()
    {
        using var grid = new TestGrid();
        var admin = CertificateIdentity.Admin(1);
        var both = new[] { grid.Issue(admin).Certificate, grid.Issue(admin).Certificate };
        var other = grid.Issue(CertificateIdentity.Admin(2)).Certificate;
        var list = grid.Grid.Revoke(admin, RevocationReason.AffiliationChanged, grid.Passphrase).Value;
        Assert.Equal(both.Select(each => each.Serial.ToString()).Order(), list.Revoked.Keys.Select(serial => serial.ToString()).Order());
        Assert.DoesNotContain(other.Serial, list.Revoked.Keys);
    }

    [Fact]
    public void A_clients_claims_stand_in_its_certificate_and_nobody_else_gets_any()
    {
        using var grid = new TestGrid();
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var domain = new DomainId(new Guid("00010203-0405-0607-0809-0a0b0c0d0e0f"));
        var claims = ClientClaims.Of([new(domain, DomainOperations.Encrypt)]).Value;
        var client = grid.Grid.Issue(CertificateIdentity.Client("app").Value, key.Public, ServerNames.None, grid.Passphrase, claims).Value.Certificate;
        Assert.True(client.Claims.Permit(domain, DomainOperations.Encrypt));
        Assert.False(client.Claims.Permit(domain, DomainOperations.Decrypt));
        Assert.Equal(RefusalCode.CertificateRole, grid.Grid.Issue(CertificateIdentity.Operator(4), key.Public, ServerNames.None, grid.Passphrase, claims).Refusal?.Code);
    }

    [Fact]
    public void What_was_never_issued_cannot_be_revoked()
    {
        using var grid = new TestGrid();
        var serial = CertificateSerial.Parse("4711").Value;
        Assert.Equal(RefusalCode.ResourceUnknown, grid.Grid.Revoke(ClusterOne, serial, RevocationReason.Unspecified, grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.ResourceUnknown, grid.Grid.Revoke(CertificateIdentity.Admin(9), RevocationReason.Unspecified, grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateRole, grid.Grid.Revoke(grid.Grid.Root, RevocationReason.Unspecified, grid.Passphrase).Refusal?.Code);
        Assert.Equal(1ul, grid.Grid.Trusted().Value.ListNumber(CertificateRole.ClusterCa, new ClusterId(1), TestGrid.Start));
    }

    [Fact]
    public void A_revoked_CA_issues_nothing_more()
    {
        using var grid = new TestGrid();
        Assert.Null(grid.Grid.Revoke(ClusterOne, RevocationReason.CaCompromise, grid.Passphrase).Refusal);
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var outcome = grid.Grid.CertifyDevice(TestGrid.Request(Node, key), Node, TestGrid.Pins, grid.Passphrase);
        Assert.Equal(RefusalCode.CertificateRevoked, outcome.Refusal?.Code);
    }

    [Fact]
    public void Refreshed_lists_supersede_the_old_ones()
    {
        using var grid = new TestGrid();
        var before = grid.Grid.Trusted().Value;
        grid.Grid.Revoke(grid.CertifyDevice(Node).Certificate, RevocationReason.Unspecified, grid.Passphrase).Value.ToString();
        grid.Time.Now = TestGrid.Start.AddDays(6);
        Assert.Equal(7, grid.Grid.RefreshLists(grid.Passphrase).Value.Count);

        var after = before.TryAdd(grid.Grid.Bundle(), grid.Time.Now).Value;
        Assert.Equal(3ul, after.ListNumber(CertificateRole.ClusterCa, new ClusterId(1), grid.Time.Now));
        Assert.Equal(TestGrid.Start.AddDays(6), after.HighestSignedTime);
        Assert.Equal(RefusalCode.RevocationsStale, after.TryAdd(before.ToBundle(), grid.Time.Now).Refusal?.Code);
    }

    [Fact]
    public void A_clock_behind_the_last_list_is_refused()
    {
        using var grid = new TestGrid();
        grid.Time.Now = TestGrid.Start.AddSeconds(-1);
        Assert.Equal(RefusalCode.StateConflict, grid.Grid.RefreshList(ClusterOne, grid.Passphrase).Refusal?.Code);
    }

    [Fact]
    public void A_device_is_certified_only_for_the_node_and_the_pins_that_the_operator_names()
    {
        using var grid = new TestGrid();
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var request = TestGrid.Request(Node, key);
        var before = grid.Grid.Issued.Count;

        Assert.Equal(RefusalCode.NodeForeign, grid.Grid.CertifyDevice(request, NodeId.Parse("1/3"), TestGrid.Pins, grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.NodeForeign, grid.Grid.CertifyDevice(request, NodeId.Parse("2/2"), TestGrid.Pins, grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, grid.Grid.CertifyDevice(request, Node, SHA256.HashData("weaker"u8), grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, grid.Grid.CertifyDevice(request, Node, [], grid.Passphrase).Refusal?.Code);
        Assert.Equal(before, grid.Grid.Issued.Count);

        var certificate = grid.Grid.CertifyDevice(request, Node, TestGrid.Pins, grid.Passphrase).Value.Certificate;
        Assert.Equal((Node, key.Public), (certificate.Identity.Node!.Value, certificate.Key));
    }

    [Fact]
    public void A_node_of_a_cluster_without_CA_is_refused_until_the_cluster_is_added()
    {
        using var grid = new TestGrid();
        var node = NodeId.Parse("3/1");
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var request = TestGrid.Request(node, key);
        Assert.Equal(RefusalCode.ClusterUnknown, grid.Grid.CertifyDevice(request, node, TestGrid.Pins, grid.Passphrase).Refusal?.Code);
        Assert.Null(grid.Grid.AddCluster(new ClusterId(3), grid.Passphrase).Refusal);
        Assert.Equal(RefusalCode.StateConflict, grid.Grid.AddCluster(new ClusterId(3), grid.Passphrase).Refusal?.Code);
        Assert.Null(grid.Grid.CertifyDevice(request, node, TestGrid.Pins, grid.Passphrase).Refusal);
    }

    [Fact]
    public void One_key_is_certified_for_one_identity()
    {
        using var grid = new TestGrid();
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        grid.Issue(CertificateIdentity.Admin(1), key);
        grid.Issue(CertificateIdentity.Admin(1), key);
        foreach (var other in new[] { CertificateIdentity.Admin(2), CertificateIdentity.Operator(1), CertificateIdentity.Client("x").Value })
            Assert.Equal(RefusalCode.CertificateKey, grid.Grid.Issue(other, key.Public, ServerNames.None, grid.Passphrase).Refusal?.Code);
    }

    [Fact]
    public void Certificates_that_are_made_in_another_way_are_not_issued_here()
    {
        using var grid = new TestGrid();
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        foreach (var identity in new[] { CertificateIdentity.Device(Node), ClusterOne, CertificateIdentity.Authority(CertificateRole.Root) })
            Assert.Equal(RefusalCode.CertificateRole, grid.Grid.Issue(identity, key.Public, ServerNames.None, grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateRole, grid.Grid.Issue(CertificateIdentity.Relay("r").Value, key.Public, ServerNames.None, grid.Passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateRole, grid.Grid.Issue(CertificateIdentity.Admin(1), key.Public, new(["a.example"], []), grid.Passphrase).Refusal?.Code);
    }
}
