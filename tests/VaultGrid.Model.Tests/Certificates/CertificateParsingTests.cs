using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class CertificateParsingTests
{
    private static readonly ForgedGrid Grid = ForgedGrid.Shared;

    public static TheoryData<string> Breakages => [.. Broken.Keys];

    // Each breaks one thing of a good certificate.
    private static readonly Dictionary<string, (RefusalCode Code, Func<ForgedCertificate> Make)> Broken = new()
    {
        ["an RSA key of 2048 bits"] = (RefusalCode.CertificateWeak, () => Admin(c => c.Key = RSA.Create(2048))),
        ["a P-384 key"] = (RefusalCode.CertificateWeak, () => Admin(c => c.Key = ECDsa.Create(ECCurve.NamedCurves.nistP384))),
        ["a brainpool key"] = (RefusalCode.CertificateWeak, () => Admin(c => c.Key = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1))),
        ["an ECDSA signature with SHA-1"] = (RefusalCode.CertificateWeak, () => Admin(c => (c.SignatureOid, c.Hash) = ("1.2.840.10045.4.1", HashAlgorithmName.SHA1))),
        ["an unknown signature algorithm"] = (RefusalCode.CertificateWeak, () => Admin(c => c.SignatureOid = "1.3.101.112")),
        ["two identities"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Uris = ["vaultgrid://admin/1", "vaultgrid://admin/2"])),
        ["the same identity twice"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Uris = ["vaultgrid://admin/1", "vaultgrid://admin/1"])),
        ["no identity"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Uris = [])),
        ["another scheme"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Uris = ["https://admin/1"])),
        ["a number with a leading zero"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Uris = ["vaultgrid://admin/01"])),
        ["another role's identity"] = (RefusalCode.CertificateRole, () => Admin(c => c.Uris = ["vaultgrid://operator/1"])),
        ["a server name"] = (RefusalCode.CertificateRole, () => Admin(c => c.DnsNames = ["relay.example"])),
        ["a relay without server name"] = (RefusalCode.CertificateRole, () => Leaf(Grid.Relay, c => c.DnsNames = [])),
        ["another cluster's identity"] = (RefusalCode.CertificateRole, () => Leaf(Grid.Device, c => c.Uris = ["vaultgrid://cluster/2/node/2"])),
        ["another cluster's policy"] = (RefusalCode.CertificateRole, () => Leaf(Grid.Device, c => c.Policies = RoleProfile.Policies(CertificateRole.Device, new ClusterId(2)))),
        ["two policies"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Policies = TwoPolicies(CertificateRole.Admin, CertificateRole.Operator))),
        ["a policy and anyPolicy"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Policies = WithAnyPolicy(c.Policies))),
        ["a CA without anyPolicy"] = (RefusalCode.CertificateMalformed, () => Leaf(Grid.AdminCa, c => c.Policies = Sequence(FirstPolicy(CertificateRole.AdminCa)))),
        ["an unknown role"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Policies = Sequence(Policy(VaultGridOid.Roles + ".99")))),
        ["an admin of a cluster"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Policies = Sequence(Policy(VaultGridOid.Roles + ".7.1")))),
        ["a device of no cluster"] = (RefusalCode.CertificateMalformed, () => Leaf(Grid.Device, c => c.Policies = Sequence(Policy(VaultGridOid.Roles + ".11")))),
        ["a role that isn't critical"] = (RefusalCode.CertificateRole, () => Admin(c => c.PoliciesAreCritical = false)),
        ["an unknown critical extension"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.More.Add(("1.2.3.4", true, [5, 0])))),
        ["name constraints"] = (RefusalCode.CertificateMalformed, () => Leaf(Grid.AdminCa, c => c.More.Add(("2.5.29.30", true, [0x30, 0])))),
        ["an extension twice"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.More.Add(("2.5.29.15", true, c.KeyUsage)))),
        ["a leaf that is a CA"] = (RefusalCode.CertificateRole, () => Admin(c => c.BasicConstraints = RoleProfile.BasicConstraints(CertificateRole.AdminCa))),
        ["a leaf with keyCertSign"] = (RefusalCode.CertificateRole, () => Admin(c => c.KeyUsage = RoleProfile.KeyUsage(CertificateRole.AdminCa))),
        ["a CA without keyCertSign"] = (RefusalCode.CertificateRole, () => Leaf(Grid.AdminCa, c => c.KeyUsage = [0x03, 0x02, 0x01, 0x02])),
        ["a CA that is none"] = (RefusalCode.CertificateRole, () => Leaf(Grid.AdminCa, c => c.BasicConstraints = [0x30, 0])),
        ["a CA without path length"] = (RefusalCode.CertificateRole, () => Leaf(Grid.AdminCa, c => c.BasicConstraints = [0x30, 3, 1, 1, 0xFF])),
        ["a cluster CA of path length 1"] = (RefusalCode.CertificateRole, () => Leaf(Grid.ClusterOne, c => c.BasicConstraints = RoleProfile.BasicConstraints(CertificateRole.DeviceCa))),
        ["an admin that serves TLS"] = (RefusalCode.CertificateRole, () => Admin(c => c.ExtendedKeyUsage = RoleProfile.ExtendedKeyUsage(CertificateRole.Relay))),
        ["a client that serves TLS"] = (RefusalCode.CertificateRole, () => Leaf(Grid.Client, c => c.ExtendedKeyUsage = RoleProfile.ExtendedKeyUsage(CertificateRole.Relay))),
        ["a leaf of three years"] = (RefusalCode.CertificateRole, () => Admin(c => c.NotAfter = c.NotBefore.AddYears(3))),
        ["an end before the start"] = (RefusalCode.CertificateRole, () => Admin(c => c.NotAfter = c.NotBefore.AddSeconds(-1))),
        ["a negative serial number"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Serial = [0x80, 1])),
        ["the serial number zero"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Serial = [0])),
        ["a serial number of 21 bytes"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.Serial = [1, .. new byte[20]])),
        ["more than the largest size"] = (RefusalCode.CertificateMalformed, () => Admin(c => c.More.Add(("1.2.3.4", false, new byte[9000])))),
    };

    [Theory]
    [MemberData(nameof(Breakages))]
    public void A_certificate_is_refused_with(string breakage)
    {
        var (code, make) = Broken[breakage];
        Assert.Equal(code, RoleCertificate.Parse(make().Der).Refusal?.Code);
    }

    [Fact]
    public void What_the_breakages_start_from_is_good()
    {
        Assert.Null(RoleCertificate.Parse(Admin(_ => { }).Der).Refusal);
        foreach (var certificate in Grid.Authorities.Concat(Grid.Leafs)) Assert.Equal(certificate.Identity, certificate.Parsed.Identity);
        Assert.Null(RoleCertificate.Parse(Admin(c => c.More.Add(("1.2.3.4", false, [5, 0]))).Der).Refusal);
    }

    [Fact]
    public void Every_truncation_and_every_trailing_byte_is_refused()
    {
        var der = Grid.Device.Der;
        for (var length = 0; length < der.Length; length++)
            Assert.Equal(RefusalCode.CertificateMalformed, RoleCertificate.Parse(der.AsSpan(0, length)).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateMalformed, RoleCertificate.Parse([.. der, 0]).Refusal?.Code);
    }

    [Fact]
    public void No_flipped_bit_leaves_a_certificate_that_counts()
    {
        var der = Grid.Device.Der;
        for (var bit = 0; bit < der.Length * 8; bit++)
        {
            var flipped = der.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var outcome = RoleCertificate.Parse(flipped)
                .Then(certificate => ChainVerifier.Verify(certificate, CertificateRole.Device, Grid.Trusted, ForgedGrid.Now));
            Assert.True(outcome.Refusal is not null, $"bit {bit} may be flipped");
        }
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        const int Seed = 20260301;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var samples = Grid.Authorities.Concat(Grid.Leafs).Select(certificate => certificate.Der).ToArray();
        for (var round = 0; round < 5000; round++)
        {
            var bytes = samples[random.Next(samples.Length)].ToArray();
            for (var hit = random.Next(1, 6); hit > 0; hit--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);
            _ = RoleCertificate.Parse(cut).Then(c => ChainVerifier.Verify(c, c.Role, Grid.Trusted, ForgedGrid.Now)).Refusal;
            _ = RevocationList.Parse(cut).Refusal;
            _ = DeviceRequest.Parse(cut).Refusal;
            _ = AuthorityBundle.Parse(cut).Refusal;
        }
    }

    private static ForgedCertificate Admin(Action<ForgedCertificate> change) => Leaf(Grid.Admin, change);

    private static ForgedCertificate Leaf(ForgedCertificate like, Action<ForgedCertificate> change)
    {
        var forged = ForgedGrid.Under(like.Issuer, like.Identity);
        change(forged);
        return forged;
    }

    private static byte[] Policy(string oid) => PolicyWriter.Write(oid);

    private static byte[] FirstPolicy(CertificateRole role) => Policy(RoleProfile.PolicyOid(role, null));

    private static byte[] TwoPolicies(CertificateRole first, CertificateRole second) => Sequence([.. FirstPolicy(first), .. FirstPolicy(second)]);

    private static byte[] WithAnyPolicy(byte[] policies) => Sequence([.. policies[2..], .. Policy("2.5.29.32.0")]);

    private static byte[] Sequence(byte[] content) => [0x30, (byte)content.Length, .. content];
}
