using System.Security.Cryptography;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Ceremony.Tests.Authorities;

namespace VaultGrid.Ceremony.Tests.Keys;

public class SigningKeyFileTests
{
    [Fact]
    public void Key_files_that_are_not_ours_to_use_are_refused()
    {
        using var files = new TemporaryDirectory();
        using var passphrase = TestGrid.Secret("right");
        using var wrong = TestGrid.Secret("wrong");
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var path = files["key.pem"];
        SigningKeyFile.Write(path, key, passphrase, KeyProtection.UnsafeFast);

        Assert.Equal(RefusalCode.StoreSealed, SigningKeyFile.Read(path, wrong).Refusal?.Code);
        Assert.Equal(RefusalCode.StoreSealed, SigningKeyFile.Read(path, null).Refusal?.Code);
        Assert.Equal(RefusalCode.ResourceUnknown, SigningKeyFile.Read(files["none"], passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, SigningKeyFile.Read(files.Write("text", "no key"), passphrase).Refusal?.Code);
        Assert.Equal(RefusalCode.InputTooLarge, SigningKeyFile.Read(files.Write("large", new string('x', 100_000)), passphrase).Refusal?.Code);

        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal(RefusalCode.CertificateWeak, SigningKeyFile.Read(files.Write("p384", p384.ExportPkcs8PrivateKeyPem()), null).Refusal?.Code);
        using var rsa = RSA.Create(2048);
        Assert.Equal(RefusalCode.CertificateWeak, SigningKeyFile.Read(files.Write("rsa", rsa.ExportPkcs8PrivateKeyPem()), null).Refusal?.Code);
    }

    [Fact]
    public void Key_files_are_encrypted_as_documented()
    {
        using var files = new TemporaryDirectory();
        using var passphrase = TestGrid.Secret("right");
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        SigningKeyFile.Write(files["key.pem"], key, passphrase, KeyProtection.Standard);
        var text = OpenSsl.Succeeds("asn1parse", "-in", files["key.pem"]);
        Assert.Contains("PBES2", text, StringComparison.Ordinal);
        Assert.Contains("PBKDF2", text, StringComparison.Ordinal);
        Assert.Contains("hmacWithSHA256", text, StringComparison.Ordinal);
        Assert.Contains("aes-256-cbc", text, StringComparison.Ordinal);
        Assert.Contains(":0927C0", text, StringComparison.Ordinal);
    }
}
