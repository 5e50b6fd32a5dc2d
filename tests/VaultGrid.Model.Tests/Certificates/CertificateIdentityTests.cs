using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class CertificateIdentityTests
{
    [Theory]
    [InlineData("vaultgrid://admin/3", CertificateRole.Admin, "3")]
    [InlineData("vaultgrid://operator/4294967295", CertificateRole.Operator, "4294967295")]
    [InlineData("vaultgrid://client/back-end-2", CertificateRole.Client, "back-end-2")]
    [InlineData("vaultgrid://relay/r", CertificateRole.Relay, "r")]
    [InlineData("vaultgrid://cluster/1/node/2", CertificateRole.Device, "2")]
    [InlineData("vaultgrid://ca/root", CertificateRole.Root, "root")]
    [InlineData("vaultgrid://ca/admin", CertificateRole.AdminCa, "admin")]
    [InlineData("vaultgrid://ca/operator", CertificateRole.OperatorCa, "operator")]
    [InlineData("vaultgrid://ca/relay", CertificateRole.RelayCa, "relay")]
    [InlineData("vaultgrid://ca/device", CertificateRole.DeviceCa, "device")]
    [InlineData("vaultgrid://ca/cluster/7", CertificateRole.ClusterCa, "7")]
    public void Each_identity_has_one_text(string uri, CertificateRole role, string name)
    {
        var identity = CertificateIdentity.Parse(uri).Value;
        Assert.Equal((role, name, uri), (identity.Role, identity.Name, identity.ToString()));
        Assert.Equal(identity, CertificateIdentity.Parse(uri).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("vaultgrid://")]
    [InlineData("VaultGrid://admin/3")]
    [InlineData("vaultgrid://admin/0")]
    [InlineData("vaultgrid://admin/03")]
    [InlineData("vaultgrid://admin/+3")]
    [InlineData("vaultgrid://admin/3/")]
    [InlineData("vaultgrid://admin/4294967296")]
    [InlineData("vaultgrid://admin/three")]
    [InlineData("vaultgrid://client/")]
    [InlineData("vaultgrid://client/Upper")]
    [InlineData("vaultgrid://client/a_b")]
    [InlineData("vaultgrid://client/a.b")]
    [InlineData("vaultgrid://client/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("vaultgrid://cluster/1/node/0")]
    [InlineData("vaultgrid://cluster/0/node/1")]
    [InlineData("vaultgrid://cluster/1/2")]
    [InlineData("vaultgrid://ca/cluster")]
    [InlineData("vaultgrid://ca/other")]
    [InlineData("vaultgrid://other/1")]
    public void Anything_else_is_refused(string uri) =>
        Assert.Equal(RefusalCode.CertificateMalformed, CertificateIdentity.Parse(uri).Refusal?.Code);
}
