using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An operator's word for a Trust: their certificate, which may be a later one for the same key, and their signature.</summary>
/// <param name="Certificate">The operator's certificate.</param>
/// <param name="Bytes">ECDSA P-256/SHA-256 (DER) or RSA-PSS/SHA-256 with a salt of 32 bytes, over <see cref="Statement"/>.</param>
public sealed record OperatorSignature(RoleCertificate Certificate, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The operator as quorums know them.</summary>
    public Signatory Signatory => Signatory.Of(Certificate);

    /// <summary>What operators sign: <c>"VaultGrid/v1/trust" ‖ 0x00 ‖ hash of the body</c> (32). Plain OpenSSL can build and sign it.</summary>
    public static byte[] Statement(Hash256 trust) => Tagged.Statement("trust", trust.AsSpan());

    internal static void Write(WireWriter writer, OperatorSignature signature) =>
        writer.Bytes(signature.Certificate.Der.Span).Bytes(signature.Bytes.Span);

    internal static OperatorSignature? Read(ref WireReader reader, CertificateCache certificates)
    {
        var certificate = TrustParts.ReadCertificate(ref reader, CertificateRole.Operator, certificates);
        var bytes = reader.Bytes(Approval.SignatureLimit).ToArray();
        return certificate is null ? null : new OperatorSignature(certificate, bytes);
    }
}
