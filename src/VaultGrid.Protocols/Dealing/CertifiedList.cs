namespace VaultGrid.Protocols;

/// <summary>The list of commitments that a quorum voted for: checked, and so the same for everybody.</summary>
public sealed record CertifiedList
{
    private CertifiedList(CommitList list, QuorumCertificate certificate) => (List, Certificate) = (list, certificate);

    /// <summary>The list.</summary>
    public CommitList List { get; }

    /// <summary>The votes for it.</summary>
    public QuorumCertificate Certificate { get; }

    /// <summary>Checks list and votes.</summary>
    public static Outcome<CertifiedList> Of(DealingCeremony ceremony, CommitList list, QuorumCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(certificate);
        if (list.Check(ceremony) is { } refusal) return refusal;
        return certificate.Digest == list.Digest(ceremony)
            && certificate.Holds(DealingCeremony.ListKind, ceremony.Binding, ceremony.Receivers, ceremony.Receivers.Parameters.CertificateQuorum)
            ? new CertifiedList(list, certificate)
            : new Refusal(RefusalCode.InputMalformed, "a quorum has not voted for this list of commitments");
    }
}
