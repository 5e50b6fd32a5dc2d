using System.Formats.Asn1;
using System.Net;

namespace VaultGrid.Model.Certificates;

/// <summary>A subjectAltName: exactly one VaultGrid URI, and for relays the DNS names and addresses that TLS clients look for.</summary>
internal sealed record SubjectNames(CertificateIdentity Identity, int ServerNames)
{
    private const int MostNames = 32;
    private const int LongestDnsName = 253;

    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <exception cref="AsnContentException">Not DER, no or a second URI, another kind of name, or a name that isn't one.</exception>
    public static SubjectNames Read(ReadOnlyMemory<byte> extension)
    {
        var outer = Der.Read(extension);
        var names = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        CertificateIdentity? identity = null;
        var servers = 0;
        while (names.HasData)
        {
            var tag = names.PeekTag();
            if (tag == Uri && identity is null) identity = ReadIdentity(names);
            else if (tag == DnsName) ReadDnsName(names);
            else if (tag == Address) ReadAddress(names);
            else throw new AsnContentException("A second URI, or a name of a kind that has no place here.");

            if (tag != Uri && ++servers > MostNames) throw new AsnContentException("Too many names.");
        }

        return new SubjectNames(identity ?? throw new AsnContentException("No VaultGrid URI."), servers);
    }

    private static CertificateIdentity ReadIdentity(AsnReader names) =>
        CertificateIdentity.Parse(names.ReadCharacterString(UniversalTagNumber.IA5String, Uri)).Is(out var identity, out _)
            ? identity
            : throw new AsnContentException("A URI that isn't VaultGrid's.");

    private static void ReadDnsName(AsnReader names)
    {
        var name = names.ReadCharacterString(UniversalTagNumber.IA5String, DnsName);
        if (name.Length is 0 or > LongestDnsName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '*' or '_'))
            throw new AsnContentException("A DNS name that isn't one.");
    }

    private static void ReadAddress(AsnReader names)
    {
        if (names.ReadOctetString(Address).Length is not (4 or 16)) throw new AsnContentException("An address that isn't one.");
    }

    /// <summary>Writes what <see cref="Read"/> reads; the identity comes first.</summary>
    public static byte[] Write(CertificateIdentity identity, IEnumerable<string> dnsNames, IEnumerable<IPAddress> addresses)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, identity.Uri, Uri);
            foreach (var name in dnsNames) writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
            foreach (var address in addresses) writer.WriteOctetString(address.GetAddressBytes(), Address);
        }

        return writer.Encode();
    }
}
