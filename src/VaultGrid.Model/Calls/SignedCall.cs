using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>A call as it travels: the exact bytes of its body, the caller's certificate and signature.</summary>
/// <param name="Body">The bytes that are signed, behind their tag.</param>
/// <param name="Certificate">The caller's certificate, DER.</param>
/// <param name="Signature">ECDSA P-256/SHA-256 (DER) or RSA-PSS/SHA-256 with a salt of 32 bytes, over <see cref="CallBody.Statement"/>.</param>
public sealed record SignedCall(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature)
{
    private const int BodyLimit = 512;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SignedCall call)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(call);
        writer.Bytes(call.Body.Span).Bytes(call.Certificate.Span).Bytes(call.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SignedCall Read(ref WireReader reader) => new(
        reader.Bytes(BodyLimit).ToArray(), reader.Bytes(Approval.CertificateLimit).ToArray(), reader.Bytes(Approval.SignatureLimit).ToArray());
}
