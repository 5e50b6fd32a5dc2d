using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>One line of what a grid's CAs gave out.</summary>
/// <param name="Authority">The CA.</param>
/// <param name="Serial">The serial number.</param>
/// <param name="Identity">Whom it speaks for.</param>
/// <param name="NotAfter">When it expires.</param>
/// <param name="RevokedSince">Since when it is revoked, or null.</param>
public sealed record IssueRecord(
    CertificateIdentity Authority,
    CertificateSerial Serial,
    CertificateIdentity Identity,
    DateTimeOffset NotAfter,
    DateTimeOffset? RevokedSince);
