using System.Globalization;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Tests.Authorities;

public class OpenSslTests
{
    [Theory]
    [InlineData(SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.Rsa3072)]
    public void Openssl_verifies_every_chain_with_revocation_lists(SigningKeyKind kind)
    {
        using var grid = new TestGrid(kind);
        foreach (var issued in grid.IssueOneOfEach()) OpenSsl.Succeeds(Verify(grid, issued));
    }

    [Fact]
    public void Openssl_can_demand_a_role_as_a_policy()
    {
        using var grid = new TestGrid();
        foreach (var issued in grid.IssueOneOfEach())
        {
            foreach (var role in Enum.GetValues<CertificateRole>().Where(role => !role.IsAuthority()))
            {
                var cluster = role.IsOfCluster() ? issued.Certificate.Cluster ?? new ClusterId(1) : (ClusterId?)null;
                var arguments = Verify(grid, issued, "-policy_check", "-explicit_policy", "-policy", RoleProfile.PolicyOid(role, cluster));
                if (role == issued.Certificate.Role) OpenSsl.Succeeds(arguments);
                else OpenSsl.Fails(arguments);
            }
        }
    }

    [Fact]
    public void Openssl_refuses_what_was_revoked()
    {
        using var grid = new TestGrid();
        var device = grid.CertifyDevice(NodeId.Parse("1/1"));
        var other = grid.CertifyDevice(NodeId.Parse("1/2"));
        grid.Grid.Revoke(device.Certificate, RevocationReason.KeyCompromise, grid.Passphrase).Value.ToString();

        Assert.Contains("certificate revoked", OpenSsl.Fails(Verify(grid, device)), StringComparison.Ordinal);
        OpenSsl.Succeeds(Verify(grid, other));
    }

    [Fact]
    public void Openssl_reads_certificates_and_lists_as_meant()
    {
        using var grid = new TestGrid();
        var device = grid.CertifyDevice(NodeId.Parse("2/7"));
        var text = OpenSsl.Succeeds("x509", "-in", grid.Files.Write("leaf.pem", device.FullChainPem), "-noout", "-text");
        Assert.Contains("URI:vaultgrid://cluster/2/node/7", text, StringComparison.Ordinal);
        Assert.Contains($"Policy: {VaultGridOid.Roles}.11.2", text, StringComparison.Ordinal);
        Assert.Contains("X509v3 Certificate Policies: critical", text, StringComparison.Ordinal);
        Assert.Contains("CA:FALSE", text, StringComparison.Ordinal);

        var list = OpenSsl.Succeeds("crl", "-in", Path.Combine(grid.Files["authorities"], "cluster-2", "list.pem"), "-noout", "-text");
        Assert.Matches(@"X509v3 CRL Number:\s+1", list);
        Assert.Contains("No Revoked Certificates", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.Rsa3072)]
    public void Openssl_verifies_a_device_request(SigningKeyKind kind)
    {
        using var files = new TemporaryDirectory();
        using var key = SigningKey.Generate(kind);
        File.WriteAllBytes(files["request.der"], TestGrid.Request(NodeId.Parse("3/4"), key).Der.ToArray());
        var text = OpenSsl.Succeeds("req", "-in", files["request.der"], "-inform", "DER", "-noout", "-verify", "-text");
        Assert.Contains("URI:vaultgrid://cluster/3/node/4", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.Rsa3072)]
    public void Openssl_opens_our_key_files_and_we_open_its(SigningKeyKind kind)
    {
        using var files = new TemporaryDirectory();
        using var key = SigningKey.Generate(kind);
        using var passphrase = TestGrid.Secret("pass phrase é");
        SigningKeyFile.Write(files["ours.pem"], key, passphrase, KeyProtection.UnsafeFast);
        files.Write("pass", "pass phrase é");
        files.Write("pass-out", "pass phrase é");
        OpenSsl.Succeeds("pkey", "-in", files["ours.pem"], "-passin", $"file:{files["pass"]}", "-noout", "-check");

        OpenSsl.Succeeds("pkcs8", "-topk8", "-in", files["ours.pem"], "-passin", $"file:{files["pass"]}", "-passout", $"file:{files["pass-out"]}", "-v2", "aes-256-cbc", "-out", files["theirs.pem"]);
        using var theirs = SigningKeyFile.Read(files["theirs.pem"], passphrase).Value;
        Assert.Equal(key.Public, theirs.Public);

        OpenSsl.Succeeds("pkcs8", "-topk8", "-nocrypt", "-in", files["ours.pem"], "-passin", $"file:{files["pass"]}", "-out", files["plain.pem"]);
        using var plain = SigningKeyFile.Read(files["plain.pem"], null).Value;
        Assert.Equal(key.Public, plain.Public);
    }

    private static string[] Verify(TestGrid grid, IssuedCertificate issued, params string[] more)
    {
        var root = grid.Files.Write("root.pem", File.ReadAllText(Path.Combine(grid.Files["authorities"], "root", "certificate.pem")));
        var chain = grid.Files.Write("chain.pem", issued.FullChainPem);
        var bundle = grid.Files.Write("authorities.pem", grid.Grid.Bundle().ToPem());
        var now = grid.Time.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ["verify", "-x509_strict", "-attime", now, "-crl_check_all", "-CRLfile", bundle, "-CAfile", root, "-untrusted", chain, .. more, chain];
    }
}
