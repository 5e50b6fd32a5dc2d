using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An administrator's word for a request: their certificate and their signature over <see cref="ApprovalStatement"/>.</summary>
/// <param name="Certificate">The administrator's certificate, DER.</param>
/// <param name="Signature">ECDSA P-256/SHA-256 (DER) or RSA-PSS/SHA-256 with a salt of 32 bytes.</param>
public sealed record Approval(ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The most approvals that may come with one request.</summary>
    public const int Limit = KeyPolicy.AdminLimit;

    /// <summary>The largest certificate, in bytes.</summary>
    public const int CertificateLimit = 8 * 1024;

    /// <summary>The largest signature, in bytes.</summary>
    public const int SignatureLimit = 1024;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, Approval approval)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(approval);
        writer.Bytes(approval.Certificate.Span).Bytes(approval.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Approval Read(ref WireReader reader) =>
        new(reader.Bytes(CertificateLimit).ToArray(), reader.Bytes(SignatureLimit).ToArray());
}
