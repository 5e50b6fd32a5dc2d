using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class DeviceRequestTests
{
    private static readonly NodeId Node = NodeId.Parse("1/2");
    private static readonly byte[] Pins = SHA256.HashData("pins"u8);

    [Fact]
    public void A_request_says_who_asks_and_under_which_pins()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = DeviceRequest.Parse(Make(key)).Value;
        Assert.Equal(Node, request.Node);
        Assert.Equal(Pins, request.PinsHash.ToArray());
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), request.Key.Spki.ToArray());
    }

    [Fact]
    public void A_request_signed_by_another_key_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(RefusalCode.CertificateKey, DeviceRequest.Parse(Make(key, other)).Refusal?.Code);
    }

    [Fact]
    public void Weak_keys_are_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal(RefusalCode.CertificateWeak, CertificateKey.Parse(p384.ExportSubjectPublicKeyInfo()).Refusal?.Code);
        using var ordinary = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=x", p384, HashAlgorithmName.SHA256).CreateSigningRequest();
        Assert.NotNull(DeviceRequest.Parse(made).Refusal);
    }

    [Fact]
    public void No_flipped_bit_and_no_truncation_leaves_a_request()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = Make(key);
        for (var bit = 0; bit < der.Length * 8; bit++)
        {
            var flipped = der.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(DeviceRequest.Parse(flipped).Refusal is not null, $"bit {bit} may be flipped");
        }

        for (var length = 0; length < der.Length; length++) Assert.NotNull(DeviceRequest.Parse(der.AsSpan(0, length)).Refusal);
    }

    private static byte[] Make(ECDsa key, ECDsa? signer = null)
    {
        var publicKey = CertificateKey.Parse(key.ExportSubjectPublicKeyInfo()).Value;
        var statement = DeviceRequest.Statement(Node, publicKey, Pins);
        var signature = (signer ?? key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return DeviceRequest.Assemble(statement, publicKey, signature);
    }
}
