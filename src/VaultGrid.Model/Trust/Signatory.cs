using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>Who signs, as Trusts tell people and nodes apart: by identity and by public key, whatever certificate they show.</summary>
/// <param name="Identity">The certificate's URI.</param>
/// <param name="Key">SHA-256 of the public key's SubjectPublicKeyInfo (DER).</param>
public readonly record struct Signatory(string Identity, Hash256 Key) : IComparable<Signatory>
{
    /// <summary>Whom a certificate speaks for.</summary>
    public static Signatory Of(RoleCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new Signatory(certificate.Identity.Uri, new Hash256(certificate.Key.SpkiHash.Span));
    }

    /// <summary>The order in documents: by identity (ordinal), then by the hash's bytes.</summary>
    public int CompareTo(Signatory other)
    {
        var byName = string.CompareOrdinal(Identity, other.Identity);
        return byName != 0 ? byName : Key.AsSpan().SequenceCompareTo(other.Key.AsSpan());
    }

    public static bool operator <(Signatory left, Signatory right) => left.CompareTo(right) < 0;

    public static bool operator >(Signatory left, Signatory right) => left.CompareTo(right) > 0;

    public static bool operator <=(Signatory left, Signatory right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Signatory left, Signatory right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Identity;
}
