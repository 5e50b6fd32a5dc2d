using VaultGrid.Ceremony.Authorities;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Tests.Authorities;

public class AuthorityStorageTests
{
    private static readonly NodeId Node = NodeId.Parse("1/2");

    [Fact]
    public void A_directory_is_opened_again_with_all_that_it_gave_out()
    {
        using var grid = new TestGrid();
        var device = grid.CertifyDevice(Node).Certificate;
        grid.Grid.Revoke(device, RevocationReason.Superseded, grid.Passphrase).Value.ToString();
        var (bundle, issued) = (grid.Grid.Bundle().ToBytes(), grid.Grid.Issued);

        Assert.Null(grid.Reopen().Refusal);
        Assert.Equal(bundle, grid.Grid.Bundle().ToBytes());
        Assert.Equal(issued, grid.Grid.Issued);
        Assert.Contains(grid.Grid.Issued, record => record.Serial == device.Serial && record.RevokedSince == TestGrid.Start);
    }

    [Fact]
    public void A_directory_belongs_to_one_ceremony_at_a_time_and_is_never_made_twice()
    {
        using var grid = new TestGrid();
        var path = grid.Files["authorities"];
        Assert.Equal(RefusalCode.StateConflict, GridAuthorities.Open(path, grid.Options, grid.Time).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, GridAuthorities.Create(path, [], grid.Options, grid.Passphrase, grid.Time).Refusal?.Code);
        Assert.Equal(RefusalCode.ResourceUnknown, GridAuthorities.Open(grid.Files["elsewhere"], grid.Options, grid.Time).Refusal?.Code);
    }

    [Fact]
    public void A_wrong_passphrase_changes_nothing()
    {
        using var grid = new TestGrid();
        using var wrong = TestGrid.Secret("wrong horse");
        var before = Snapshot(grid);
        Assert.Equal(RefusalCode.StoreSealed, grid.Grid.RefreshList(CertificateIdentity.Authority(CertificateRole.Root), wrong).Refusal?.Code);
        Assert.Equal(RefusalCode.StoreSealed, grid.Grid.AddCluster(new ClusterId(7), wrong).Refusal?.Code);
        Assert.Equal(before, Snapshot(grid));
    }

    [Fact]
    public void A_number_that_a_crash_lost_is_never_given_again()
    {
        using var grid = new TestGrid();
        var admins = CertificateIdentity.Authority(CertificateRole.AdminCa);
        var list = Path.Combine(grid.Files["authorities"], "admin-ca", "list.pem");
        var first = File.ReadAllText(list);
        var admin = grid.Issue(CertificateIdentity.Admin(1)).Certificate;
        Assert.Equal(2ul, grid.Grid.Revoke(admin, RevocationReason.KeyCompromise, grid.Passphrase).Value.Number);

        // As if the power had failed after the ledger and before the list.
        File.WriteAllText(list, first);
        Assert.Null(grid.Reopen().Refusal);
        var next = grid.Grid.RefreshList(admins, grid.Passphrase).Value;
        Assert.Equal(3ul, next.Number);
        Assert.Contains(admin.Serial, next.Revoked.Keys);
    }

    [Fact]
    public void Leftovers_of_crashes_are_passed_over()
    {
        using var grid = new TestGrid();
        var path = grid.Files["authorities"];
        Directory.CreateDirectory(Path.Combine(path, "cluster-9", "issued"));
        File.WriteAllText(Path.Combine(path, "admin-ca", "ledger.partial"), "half a li");
        Directory.CreateDirectory(grid.Files["new.partial"]);

        Assert.Null(grid.Reopen().Refusal);
        Assert.Equal(7, grid.Grid.Authorities.Count);
        Assert.Null(grid.Grid.RefreshLists(grid.Passphrase).Refusal);
        using var second = GridAuthorities.Create(grid.Files["new"], [new ClusterId(1)], grid.Options, grid.Passphrase, grid.Time).Value;
        Assert.Equal(6, second.Authorities.Count);
    }

    [Theory]
    [InlineData("admin-ca/ledger")]
    [InlineData("admin-ca/list.pem")]
    [InlineData("admin-ca/certificate.pem")]
    [InlineData("root/certificate.pem")]
    public void A_truncated_file_is_found_when_the_directory_is_opened(string name)
    {
        using var grid = new TestGrid();
        var path = Path.Combine(grid.Files["authorities"], name);
        File.WriteAllText(path, File.ReadAllText(path)[..^20]);
        Assert.Contains(grid.Reopen().Refusal?.Code, new RefusalCode?[] { RefusalCode.StoreTampered, RefusalCode.InputMalformed });
    }

    [Theory]
    [InlineData("admin-ca/certificate.pem", "relay-ca/certificate.pem")]
    [InlineData("admin-ca/list.pem", "relay-ca/list.pem")]
    [InlineData("cluster-1/certificate.pem", "cluster-2/certificate.pem")]
    public void A_file_in_anothers_place_is_found_when_the_directory_is_opened(string name, string other)
    {
        using var grid = new TestGrid();
        var root = grid.Files["authorities"];
        File.Copy(Path.Combine(root, other), Path.Combine(root, name), overwrite: true);
        Assert.NotNull(grid.Reopen().Refusal);
    }

    [Fact]
    public void Anothers_key_in_the_folder_signs_nothing()
    {
        using var grid = new TestGrid();
        var root = grid.Files["authorities"];
        File.Copy(Path.Combine(root, "relay-ca", "key.pem"), Path.Combine(root, "admin-ca", "key.pem"), overwrite: true);
        var outcome = grid.Grid.RefreshList(CertificateIdentity.Authority(CertificateRole.AdminCa), grid.Passphrase);
        Assert.Equal(RefusalCode.CertificateKey, outcome.Refusal?.Code);
    }

    [Fact]
    public void The_ledger_keeps_its_format()
    {
        using var grid = new TestGrid();
        var admin = grid.Issue(CertificateIdentity.Admin(1)).Certificate;
        grid.Grid.Revoke(admin, RevocationReason.KeyCompromise, grid.Passphrase).Value.ToString();
        var expected = string.Join('\n',
            "vaultgrid-ledger 1",
            "listed 1 2026-03-01T12:00:00Z",
            $"issued {admin.Serial} 2027-03-01T12:00:00Z {admin.Key.Fingerprint} vaultgrid://admin/1",
            $"revoked {admin.Serial} 2026-03-01T12:00:00Z 1",
            "listed 2 2026-03-01T12:00:00Z",
            "");
        Assert.Equal(expected, File.ReadAllText(Path.Combine(grid.Files["authorities"], "admin-ca", "ledger")));
    }

    private static string Snapshot(TestGrid grid) => string.Join('\n', Directory
        .EnumerateFiles(grid.Files["authorities"], "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock").Order()
        .Select(path => path + File.ReadAllText(path)));
}
