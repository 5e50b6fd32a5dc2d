using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An HSM's word that it checked a document: its device certificate, when it did, and its D key's signature over the document's statement.</summary>
/// <param name="Certificate">The device's certificate.</param>
/// <param name="Time">When, by the enclave's clock, in whole seconds: certificates in the document count as of this moment.</param>
/// <param name="Signature">Over tag ‖ hash of the body (32) ‖ time (8).</param>
public sealed record HsmSeal(RoleCertificate Certificate, DateTimeOffset Time, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The HSM as documents name it.</summary>
    public Signatory Signatory => Signatory.Of(Certificate);

    /// <summary>What the D key signs for a Trust.</summary>
    public static byte[] ForTrust(Hash256 trust, DateTimeOffset time) => Statement("trust-seal", trust, time);

    /// <summary>What the D key signs for a Domain: the hash is of its Domain keys, which name the Trust.</summary>
    public static byte[] ForDomain(Hash256 keys, DateTimeOffset time) => Statement("domain-seal", keys, time);

    internal static void Write(WireWriter writer, HsmSeal seal) =>
        writer.Bytes(seal.Certificate.Der.Span).Time(seal.Time).Bytes(seal.Signature.Span);

    internal static HsmSeal? Read(ref WireReader reader, CertificateCache certificates)
    {
        var certificate = TrustParts.ReadCertificate(ref reader, CertificateRole.Device, certificates);
        var time = reader.Time();
        var signature = reader.Bytes(Approval.SignatureLimit).ToArray();
        return certificate is null ? null : new HsmSeal(certificate, time, signature);
    }

    internal bool Signs(byte[] statement) => Certificate.Key.VerifiesStatement(statement, Signature.Span);

    private static byte[] Statement(string what, Hash256 hash, DateTimeOffset time) =>
        Tagged.Statement(what, new WireWriter().Hash(hash).Time(time).Written);
}
