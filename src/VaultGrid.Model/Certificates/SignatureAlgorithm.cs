using System.Formats.Asn1;
using System.Security.Cryptography;

namespace VaultGrid.Model.Certificates;

/// <summary>The signature algorithms that certificates, lists and certificate requests may carry: SHA-256 or better, nothing else.</summary>
internal sealed record SignatureAlgorithm(HashAlgorithmName Hash, RSASignaturePadding? Padding)
{
    public static readonly SignatureAlgorithm EcdsaSha256 = new(HashAlgorithmName.SHA256, null);
    public static readonly SignatureAlgorithm RsaPssSha256 = new(HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    private const string RsaSsaPss = "1.2.840.113549.1.1.10";

    // RSASSA-PSS with SHA-256, MGF1 with SHA-256, salt 32 (RFC 4055 §3.1): the one parameter set that is accepted, compared as bytes.
    private static readonly byte[] PssParameters = Convert.FromHexString(
        "3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120");

    public bool IsRsa => Padding is not null;

    /// <summary>Reads an AlgorithmIdentifier; null where it is below the floor or unknown.</summary>
    /// <exception cref="AsnContentException">Not DER, or parameters where none belong.</exception>
    public static SignatureAlgorithm? Read(ReadOnlyMemory<byte> identifier)
    {
        var outer = Der.Read(identifier);
        var algorithm = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var oid = algorithm.ReadObjectIdentifier();
        if (oid == RsaSsaPss)
            return algorithm.HasData && algorithm.ReadEncodedValue().Span.SequenceEqual(PssParameters) && !algorithm.HasData ? RsaPssSha256 : null;

        var known = ByOid(oid);
        if (known is { IsRsa: true }) algorithm.ReadNull();
        if (known is not null) algorithm.ThrowIfNotEmpty();
        return known;
    }

    /// <summary>The AlgorithmIdentifier of the scheme that statements are signed with.</summary>
    public static void WriteForStatements(AsnWriter writer, bool rsa)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(rsa ? RsaSsaPss : "1.2.840.10045.4.3.2");
            if (rsa) writer.WriteEncodedValue(PssParameters);
        }
    }

    private static SignatureAlgorithm? ByOid(string oid) => oid switch
    {
        "1.2.840.10045.4.3.2" => EcdsaSha256,
        "1.2.840.10045.4.3.3" => new(HashAlgorithmName.SHA384, null),
        "1.2.840.10045.4.3.4" => new(HashAlgorithmName.SHA512, null),
        "1.2.840.113549.1.1.11" => new(HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "1.2.840.113549.1.1.12" => new(HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        "1.2.840.113549.1.1.13" => new(HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        _ => null,
    };
}
