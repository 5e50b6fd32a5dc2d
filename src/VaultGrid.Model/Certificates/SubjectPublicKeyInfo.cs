using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>What kind of key a SubjectPublicKeyInfo holds, before a library is asked to import it.</summary>
internal abstract record SubjectPublicKeyInfo
{
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string Secp256r1 = "1.2.840.10045.3.1.7";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const int UncompressedP256 = 65;

    private SubjectPublicKeyInfo() { }

    public sealed record P256 : SubjectPublicKeyInfo;

    public sealed record Rsa(int ModulusBits, bool ExponentIsF4) : SubjectPublicKeyInfo;

    public sealed record Other : SubjectPublicKeyInfo;

    /// <exception cref="AsnContentException">Not DER, or not the one encoding of its kind.</exception>
    public static SubjectPublicKeyInfo Read(ReadOnlyMemory<byte> spki)
    {
        var outer = Der.Read(spki);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        var algorithm = info.ReadSequence();
        var key = info.ReadOctetsOfBitString();
        info.ThrowIfNotEmpty();
        return algorithm.ReadObjectIdentifier() switch
        {
            EllipticCurve => ReadCurve(algorithm, key.Span),
            RsaEncryption => ReadRsa(algorithm, key),
            _ => new Other(),
        };
    }

    private static SubjectPublicKeyInfo ReadCurve(AsnReader algorithm, ReadOnlySpan<byte> point)
    {
        // Explicit curve parameters are a SEQUENCE: the reader refuses them here.
        if (algorithm.ReadObjectIdentifier() != Secp256r1) return new Other();
        algorithm.ThrowIfNotEmpty();
        return point.Length == UncompressedP256 && point[0] == 4
            ? new P256()
            : throw new AsnContentException("A P-256 point is written uncompressed.");
    }

    private static Rsa ReadRsa(AsnReader algorithm, ReadOnlyMemory<byte> key)
    {
        algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();

        var outer = Der.Read(key);
        var numbers = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var modulus = numbers.ReadInteger();
        var exponent = numbers.ReadInteger();
        numbers.ThrowIfNotEmpty();
        return new Rsa(modulus.Sign > 0 ? (int)Math.Min(int.MaxValue, modulus.GetBitLength()) : 0, exponent == 65537);
    }
}
