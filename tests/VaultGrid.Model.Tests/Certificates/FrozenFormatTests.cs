using System.Security.Cryptography;
using VaultGrid.Model.Certificates;
using VaultGrid.Testing;

namespace VaultGrid.Model.Tests.Certificates;

/// <summary>Certificates and lists that OpenSSL made from the profile (tests/vectors/certificates), and what a sealed store keeps of them.</summary>
public class FrozenFormatTests
{
    private static readonly AuthorityBundle Bundle = AuthorityBundle.ParsePem(Vector("authorities.pem")).Value;
    private static readonly RoleCertificate Admin = RoleCertificate.ParsePem(Vector("admin.pem")).Value;

    [Fact]
    public void What_OpenSSL_makes_from_the_profile_counts()
    {
        var trusted = Trusted();
        var time = Admin.NotBefore.AddDays(1);
        Assert.Equal("vaultgrid://admin/1", ChainVerifier.Verify(Admin, CertificateRole.Admin, trusted, time).Value.Identity.Uri);
        Assert.Equal(RefusalCode.RevocationsOverdue, ChainVerifier.Verify(Admin, CertificateRole.Admin, trusted, time.AddDays(8)).Refusal?.Code);
        Assert.Equal(1ul, trusted.ListNumber(CertificateRole.AdminCa, null, time));
    }

    [Fact]
    public void The_stored_set_keeps_its_encoding()
    {
        var stored = Trusted().ToBytes();
        Assert.Equal("b2cbc34aeb05a16d49feef138a3309c504e938af74933a385ad50974e336e9b3", Convert.ToHexStringLower(SHA256.HashData(stored)));
        Assert.Equal(stored, TrustedAuthorities.Restore(stored).Value.ToBytes());
    }

    [Theory]
    [InlineData(CertificateRole.Root, null, "2.25.289823953318026556022781239105041513180.1.1")]
    [InlineData(CertificateRole.Admin, null, "2.25.289823953318026556022781239105041513180.1.7")]
    [InlineData(CertificateRole.Device, 300u, "2.25.289823953318026556022781239105041513180.1.11.300")]
    public void Role_policies_keep_their_numbers(CertificateRole role, uint? cluster, string oid) =>
        Assert.Equal(oid, RoleProfile.PolicyOid(role, cluster is { } number ? new ClusterId(number) : null));

    [Fact]
    public void Roles_keep_their_numbers() => Assert.Equal(
        "root=1 admin-ca=2 operator-ca=3 relay-ca=4 device-ca=5 cluster-ca=6 admin=7 operator=8 relay=9 client=10 device=11",
        string.Join(' ', Enum.GetValues<CertificateRole>().Select(role => $"{role.Name()}={(int)role}")));

    private static TrustedAuthorities Trusted() =>
        TrustedAuthorities.Pin(Bundle.Certificates[0].Span).Value.TryAdd(Bundle, Admin.NotBefore).Value;

    private static string Vector(string name) => File.ReadAllText(Repository.PathOf("tests", "vectors", "certificates", name));
}
