using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>The extensions of a certificate: each at most once, none critical that isn't understood (RFC 5280 §4.2).</summary>
internal sealed class CertificateExtensions
{
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string Policies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    private const int Most = 16;

    private readonly Dictionary<string, (bool Critical, ReadOnlyMemory<byte> Value)> _byOid = new(StringComparer.Ordinal);

    /// <exception cref="AsnContentException">Not DER, one twice, too many, or an unknown critical one.</exception>
    public static CertificateExtensions Read(AsnReader list)
    {
        var extensions = new CertificateExtensions();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && ReadTrue(extension);
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();

            if (critical && !IsUnderstood(oid)) throw new AsnContentException("An unknown extension is critical.");
            if (!extensions._byOid.TryAdd(oid, (critical, value))) throw new AsnContentException("An extension stands twice.");
            if (extensions._byOid.Count > Most) throw new AsnContentException("Too many extensions.");
        }

        return extensions;
    }

    /// <summary>The extension's value, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string oid) => _byOid.TryGetValue(oid, out var found) ? found.Value : default(ReadOnlyMemory<byte>?);

    /// <summary>True where the extension is there, critical, with exactly this value.</summary>
    public bool IsCriticalAnd(string oid, ReadOnlySpan<byte> expected) =>
        _byOid.TryGetValue(oid, out var found) && found.Critical && found.Value.Span.SequenceEqual(expected);

    /// <summary>True where the extension has exactly this value, or is absent where null is expected.</summary>
    public bool Is(string oid, byte[]? expected) =>
        _byOid.TryGetValue(oid, out var found) ? expected is not null && found.Value.Span.SequenceEqual(expected) : expected is null;

    // FALSE is the default and DER leaves defaults out.
    private static bool ReadTrue(AsnReader extension) =>
        extension.ReadBoolean() ? true : throw new AsnContentException("A default is written out.");

    private static bool IsUnderstood(string oid) => oid is
        SubjectKeyIdentifier or KeyUsage or SubjectAltName or BasicConstraints or Policies or AuthorityKeyIdentifier or ExtendedKeyUsage;
}
