using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>One thing that a CA did or is about to do.</summary>
internal abstract record LedgerEntry
{
    private LedgerEntry() { }

    /// <summary>A serial number given away: recorded before the certificate exists.</summary>
    public sealed record Issued(CertificateSerial Serial, DateTimeOffset NotAfter, string KeyFingerprint, CertificateIdentity Identity) : LedgerEntry;

    /// <summary>A certificate revoked: recorded before a list says so.</summary>
    public sealed record Revoked(CertificateSerial Serial, DateTimeOffset Since, RevocationReason Reason) : LedgerEntry;

    /// <summary>A list's number given away: recorded before the list exists.</summary>
    public sealed record Listed(ulong Number, DateTimeOffset ThisUpdate) : LedgerEntry;
}
