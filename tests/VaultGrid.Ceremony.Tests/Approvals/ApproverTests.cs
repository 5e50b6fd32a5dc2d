using System.Security.Cryptography;
using VaultGrid.Ceremony.Approvals;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Ceremony.Tests.Authorities;
using VaultGrid.Crypto;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Tests.Approvals;

public class ApproverTests
{
    private static readonly RequestDocument Request = RequestDocument.Of(new SignRequest
    {
        Id = RequestId.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Cluster = new ClusterId(1),
        Policy = Hash256.Sha256("policy"u8),
        Revocations = 1,
        Expires = TestGrid.Start.AddDays(1),
        Purpose = "a test",
        Key = Hash256.Sha256("key"u8),
        Path = DerivationPath.Parse("m/44'/60'/0'/0/0").Value,
        Subject = new SigningSubject.Digest(Hash256.Sha256("digest"u8)),
    });

    [Theory]
    [InlineData(SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.Rsa3072)]
    public void Openssl_verifies_our_approval_and_we_verify_its(SigningKeyKind kind)
    {
        using var grid = new TestGrid();
        using var key = SigningKey.Generate(kind);
        var certificate = grid.Issue(CertificateIdentity.Admin(1), key).Certificate;
        var approval = Approver.Approve(Request, certificate, key).Value;
        Assert.Equal(certificate.Der.ToArray(), approval.Certificate.ToArray());

        // The statement is built here as the documentation tells people without our tools to.
        File.WriteAllBytes(grid.Files["statement"], [.. "VaultGrid/v1/approve\0"u8, .. SHA256.HashData(Request.Utf8.Span)]);
        File.WriteAllBytes(grid.Files["signature"], approval.Signature.ToArray());
        grid.Files.Write("admin.pem", grid.Grid.FullChainPem(certificate));
        File.WriteAllText(grid.Files["public.pem"], OpenSsl.Succeeds("x509", "-in", grid.Files["admin.pem"], "-noout", "-pubkey"));
        string[] pss = kind == SigningKeyKind.Rsa3072 ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"] : [];
        OpenSsl.Succeeds(["dgst", "-sha256", .. pss, "-verify", grid.Files["public.pem"], "-signature", grid.Files["signature"], grid.Files["statement"]]);

        using var passphrase = TestGrid.Secret("admin");
        SigningKeyFile.Write(grid.Files["admin.key"], key, passphrase, KeyProtection.UnsafeFast);
        grid.Files.Write("pass", "admin");
        OpenSsl.Succeeds(["dgst", "-sha256", .. pss, "-sign", grid.Files["admin.key"], "-passin", $"file:{grid.Files["pass"]}", "-out", grid.Files["theirs"], grid.Files["statement"]]);
        Assert.True(certificate.Key.VerifiesStatement(ApprovalStatement.For(Request.Hash), File.ReadAllBytes(grid.Files["theirs"])));
    }

    [Fact]
    public void A_PSS_signature_with_another_salt_is_no_approval()
    {
        using var files = new TemporaryDirectory();
        using var key = SigningKey.Generate(SigningKeyKind.Rsa3072);
        using var passphrase = TestGrid.Secret("admin");
        SigningKeyFile.Write(files["admin.key"], key, passphrase, KeyProtection.UnsafeFast);
        files.Write("pass", "admin");
        File.WriteAllBytes(files["statement"], ApprovalStatement.For(Request.Hash));
        foreach (var (salt, good) in new[] { ("32", true), ("20", false), ("0", false), ("max", false) })
        {
            OpenSsl.Succeeds("dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", $"rsa_pss_saltlen:{salt}", "-sign", files["admin.key"],
                "-passin", $"file:{files["pass"]}", "-out", files["signature"], files["statement"]);
            Assert.Equal(good, key.Public.VerifiesStatement(ApprovalStatement.For(Request.Hash), File.ReadAllBytes(files["signature"])));
        }
    }

    [Fact]
    public void Only_an_admin_approves_and_only_with_the_certified_key()
    {
        using var grid = new TestGrid();
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        using var other = SigningKey.Generate(SigningKeyKind.P256);
        var admin = grid.Issue(CertificateIdentity.Admin(1), key).Certificate;
        var operatorCertificate = grid.Issue(CertificateIdentity.Operator(1), other).Certificate;
        Assert.Equal(RefusalCode.CertificateKey, Approver.Approve(Request, admin, other).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateRole, Approver.Approve(Request, operatorCertificate, other).Refusal?.Code);
    }
}
