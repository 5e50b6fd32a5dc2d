using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Whether the evidence that a member of a key's generation shows is that of what was approved: with any other, no node that comes later takes the key. Pure.
/// </summary>
internal static class WitnessedBirth
{
    /// <summary>True where request, approvals and policy are those that the ceremony was opened with, and the member's D key signed that it carried them out.</summary>
    /// <param name="evidence">What it shows; its birth record has been found to be that of the key.</param>
    /// <param name="opening">What the ceremony was opened with.</param>
    /// <param name="member">Who shows it.</param>
    /// <param name="certificate">The certificate, DER, under which others know it in this ceremony.</param>
    /// <param name="certificates">Certificates that were seen before.</param>
    public static bool Holds(KeyEvidence evidence, OpenCeremonyCall opening, KeyHolder member, ReadOnlyMemory<byte> certificate, CertificateCache certificates)
    {
        var birth = evidence.Birth;
        return birth.Request.Span.SequenceEqual(opening.Request.Span)
            && evidence.FirstPolicy.Span.SequenceEqual(opening.Document.Span)
            && evidence.Changes.Count == 0
            && birth.Approvals.Count == opening.Approvals.Count
            && birth.Approvals.Zip(opening.Approvals).All(pair => IsSame(pair.First, pair.Second))
            && birth.Witness.Span.SequenceEqual(certificate.Span)
            && certificates.Parse(birth.Witness.Span).Is(out var witness, out _)
            && new Hash256(witness.Key.SpkiHash.Span) == member.Device
            && witness.Key.VerifiesStatement(ApprovedRecord.Statement(birth.Request.Span, birth.Document.Span, birth.Time), birth.Signature.Span);
    }

    private static bool IsSame(Approval one, Approval other) =>
        one.Certificate.Span.SequenceEqual(other.Certificate.Span) && one.Signature.Span.SequenceEqual(other.Signature.Span);
}
