using System.Collections.Frozen;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// A CA's revocation list (X.509 v2 CRL, RFC 5280 §5) of VaultGrid's profile: complete, numbered, with nextUpdate. Parsed once, immutable.
/// Its signature is checked when it enters <see cref="TrustedAuthorities"/>.
/// </summary>
public sealed class RevocationList
{
    /// <summary>The largest list that is read, in bytes: some 20,000 entries.</summary>
    public const int MaximumBytes = 1 << 20;

    internal RevocationList(ReadOnlyMemory<byte> der, RevocationListFields fields, FrozenDictionary<CertificateSerial, DateTimeOffset> revoked) =>
        (Der, Fields, Revoked) = (der, fields, revoked);

    /// <summary>The whole list, DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The CRL number, from 1: each list of a CA has a higher one.</summary>
    public ulong Number => Fields.Number;

    /// <summary>When the CA made it.</summary>
    public DateTimeOffset ThisUpdate => Fields.ThisUpdate;

    /// <summary>When it is overdue: nothing that uses a key runs on it after this.</summary>
    public DateTimeOffset NextUpdate => Fields.NextUpdate;

    /// <summary>The revoked serial numbers and since when.</summary>
    public IReadOnlyDictionary<CertificateSerial, DateTimeOffset> Revoked { get; }

    internal RevocationListFields Fields { get; }

    /// <summary>Reads one list; <c>revocations.malformed</c> for anything else, and for algorithms below the floor.</summary>
    public static Outcome<RevocationList> Parse(ReadOnlySpan<byte> der) => RevocationListParser.Parse(der);

    /// <summary>
    /// True where this list may take the older one's place: it has every entry of it with the same date. An entry may be missing only if its
    /// certificate has surely expired when this list was made, which follows from the longest validity of what the CA issues: signed times
    /// alone decide, so a host can't move its clock to make an enclave forget a revocation.
    /// </summary>
    /// <param name="older">The list that is held now.</param>
    /// <param name="longestValidity">The longest validity of a certificate that this CA issues.</param>
    public bool Supersedes(RevocationList older, TimeSpan longestValidity)
    {
        ArgumentNullException.ThrowIfNull(older);
        return Number > older.Number && ThisUpdate >= older.ThisUpdate && older.Revoked.All(entry =>
            Revoked.TryGetValue(entry.Key, out var date) ? date == entry.Value : ThisUpdate - entry.Value > longestValidity);
    }

    /// <summary>True where the list names <paramref name="authority"/> as its issuer and its key signed it.</summary>
    public bool IsIssuedBy(RoleCertificate authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return Names(authority) && IsSignedBy(authority.Key);
    }

    internal bool Names(RoleCertificate issuer) =>
        Fields.Issuer.Span.SequenceEqual(issuer.Fields.Subject.Span) && Fields.AuthorityKeyId.Span.SequenceEqual(issuer.Fields.SubjectKeyId.Span);

    internal bool IsSignedBy(CertificateKey key) => key.Verifies(Fields.Algorithm, Fields.Signed.Span, Fields.Signature.Span);
}
