using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>subjectKeyIdentifier and authorityKeyIdentifier: hints that find an issuer, never proof of one. 1 to 32 bytes.</summary>
internal static class KeyIdentifier
{
    private const int Longest = 32;

    private static readonly Asn1Tag KeyId = new(TagClass.ContextSpecific, 0);

    /// <exception cref="AsnContentException">Not DER, empty or too long.</exception>
    public static ReadOnlyMemory<byte> ReadSubject(ReadOnlyMemory<byte> extension)
    {
        var outer = Der.Read(extension);
        var id = outer.ReadOctetString();
        outer.ThrowIfNotEmpty();
        return Checked(id);
    }

    /// <summary>Reads the keyIdentifier; OpenSSL adds the issuer's name and serial number on request, which are skipped.</summary>
    /// <exception cref="AsnContentException">Not DER, no key identifier, or one that is empty or too long.</exception>
    public static ReadOnlyMemory<byte> ReadAuthority(ReadOnlyMemory<byte> extension)
    {
        var outer = Der.Read(extension);
        var fields = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        return Checked(fields.ReadOctetString(KeyId));
    }

    private static byte[] Checked(byte[] id) =>
        id.Length is > 0 and <= Longest ? id : throw new AsnContentException("A key identifier is 1 to 32 bytes.");
}
