using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class CertificateKeyTests
{
    [Fact]
    public void Statements_verify_in_their_one_scheme()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(3072);
        var statement = "VaultGrid/v1/test\0statement"u8.ToArray();
        var (ecKey, rsaKey) = (Key(ec), Key(rsa));

        Assert.True(ecKey.VerifiesStatement(statement, ec.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.False(ecKey.VerifiesStatement(statement, ec.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));
        Assert.False(ecKey.VerifiesStatement(statement, ec.SignData(statement, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.True(rsaKey.VerifiesStatement(statement, rsa.SignData(statement, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)));
        Assert.False(rsaKey.VerifiesStatement(statement, rsa.SignData(statement, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        Assert.False(ecKey.VerifiesStatement(statement, []));
        Assert.False(rsaKey.VerifiesStatement(statement, []));
        Assert.False(ecKey.VerifiesStatement(statement, new byte[5000]));
        Assert.False(rsaKey.VerifiesStatement(statement, new byte[5000]));
    }

    [Fact]
    public void A_point_off_the_curve_or_compressed_is_no_key()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = ec.ExportSubjectPublicKeyInfo();
        var off = spki.ToArray();
        off[^1] ^= 1;
        Assert.Equal(RefusalCode.CertificateMalformed, CertificateKey.Parse(off).Refusal?.Code);

        byte[] compressed = [0x30, 0x39, .. spki[2..23], 0x03, 0x22, 0x00, (byte)(2 + (spki[^1] & 1)), .. spki[27..59]];
        Assert.Equal(RefusalCode.CertificateMalformed, CertificateKey.Parse(compressed).Refusal?.Code);
    }

    [Fact]
    public void Another_exponent_is_weak()
    {
        using var rsa = RSA.Create(3072);
        var parameters = rsa.ExportParameters(false);
        parameters.Exponent = [3];
        using var cubed = RSA.Create(parameters);
        Assert.Equal(RefusalCode.CertificateWeak, CertificateKey.Parse(cubed.ExportSubjectPublicKeyInfo()).Refusal?.Code);
    }

    [Fact]
    public void Many_threads_may_verify_with_one_key()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = Key(ec);
        var signature = ec.SignData([1, 2, 3], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Parallel.For(0, 200, i => Assert.Equal(i % 2 == 0, key.VerifiesStatement(i % 2 == 0 ? [1, 2, 3] : [1, 2, 4], signature)));
    }

    private static CertificateKey Key(AsymmetricAlgorithm key) => CertificateKey.Parse(key.ExportSubjectPublicKeyInfo()).Value;
}
