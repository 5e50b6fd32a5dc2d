using System.Collections.Frozen;
using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>Reads a CRL of the closed profile: version 2, authority key and number as its only extensions, reason codes at most on entries.</summary>
internal static class RevocationListParser
{
    private const int VersionTwo = 1;
    private const string CrlNumber = "2.5.29.20";
    private const string ReasonCode = "2.5.29.21";

    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag EnumeratedTag = new(UniversalTagNumber.Enumerated);

    // CRLReason: unspecified to superseded, cessation, withdrawn, aaCompromise. Holds (6) and their removal (8) would make revocation revocable.
    private static readonly FrozenSet<int> FinalReasons = new[] { 0, 1, 2, 3, 4, 5, 9, 10 }.ToFrozenSet();

    public static Outcome<RevocationList> Parse(ReadOnlySpan<byte> der)
    {
        if (der.Length > RevocationList.MaximumBytes)
            return new Refusal(RefusalCode.RevocationsMalformed, $"a revocation list has at most {RevocationList.MaximumBytes} bytes");

        try
        {
            return Read(der.ToArray());
        }
        catch (Exception refused) when (Der.IsMalformed(refused))
        {
            return new Refusal(RefusalCode.RevocationsMalformed, $"not a revocation list of VaultGrid's profile: {refused.Message}");
        }
    }

    private static RevocationList Read(ReadOnlyMemory<byte> der)
    {
        var frame = SignedDer.Read(der);
        var outer = Der.Read(frame.Signed);
        var body = outer.ReadSequence();
        if (!body.TryReadInt32(out var version) || version != VersionTwo) throw new AsnContentException("Not version 2.");
        if (!body.ReadEncodedValue().Span.SequenceEqual(frame.Algorithm.Span)) throw new AsnContentException("Two signature algorithms.");

        var issuer = body.PeekEncodedValue();
        body.ReadSequence();
        var (thisUpdate, nextUpdate) = (body.ReadTime(), body.ReadTime());
        if (nextUpdate <= thisUpdate) throw new AsnContentException("The next update comes before this one.");

        var revoked = body.PeekTag() == Asn1Tag.Sequence ? ReadEntries(body.ReadSequence(), thisUpdate) : FrozenDictionary<CertificateSerial, DateTimeOffset>.Empty;
        var wrapper = body.ReadSequence(Extensions);
        body.ThrowIfNotEmpty();
        var (authority, number) = ReadExtensions(wrapper.ReadSequence());
        wrapper.ThrowIfNotEmpty();

        return new RevocationList(der, new RevocationListFields
        {
            Signed = frame.Signed,
            Algorithm = SignatureAlgorithm.Read(frame.Algorithm) ?? throw new AsnContentException("Signed with an algorithm below the floor."),
            Signature = frame.Signature,
            Issuer = issuer,
            AuthorityKeyId = authority,
            Number = number,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
        }, revoked);
    }

    private static FrozenDictionary<CertificateSerial, DateTimeOffset> ReadEntries(AsnReader entries, DateTimeOffset thisUpdate)
    {
        // RFC 5280 §5.1.2.6: with nothing revoked the list is absent, not empty.
        if (!entries.HasData) throw new AsnContentException("An empty list of entries is written out.");

        var revoked = new Dictionary<CertificateSerial, DateTimeOffset>();
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            var serial = CertificateSerial.FromDer(entry.ReadIntegerBytes().Span) ?? throw new AsnContentException("A serial number that isn't one.");
            var date = entry.ReadTime();
            if (date > thisUpdate) throw new AsnContentException("A revocation in the list's future.");
            if (entry.HasData) ReadReason(entry.ReadSequence());
            entry.ThrowIfNotEmpty();
            if (!revoked.TryAdd(serial, date)) throw new AsnContentException("A serial number stands twice.");
        }

        return revoked.ToFrozenDictionary();
    }

    private static void ReadReason(AsnReader extensions)
    {
        var value = ReadPlainExtension(extensions, out var oid);
        extensions.ThrowIfNotEmpty();
        var reason = Der.Read(value);
        var code = reason.ReadEncodedValue();
        reason.ThrowIfNotEmpty();
        if (oid != ReasonCode || code.Length != 3 || Asn1Tag.Decode(code.Span, out _) != EnumeratedTag || !FinalReasons.Contains(code.Span[2]))
            throw new AsnContentException("An entry has more than a final reason.");
    }

    private static (ReadOnlyMemory<byte> Authority, ulong Number) ReadExtensions(AsnReader extensions)
    {
        ReadOnlyMemory<byte>? authority = null;
        ulong? number = null;
        while (extensions.HasData)
        {
            var value = ReadPlainExtension(extensions, out var oid);
            if (oid == CertificateExtensions.AuthorityKeyIdentifier && authority is null) authority = KeyIdentifier.ReadAuthority(value);
            else if (oid == CrlNumber && number is null) number = ReadNumber(value);
            else throw new AsnContentException("An extension stands twice or has no place in a list.");
        }

        return (authority ?? throw new AsnContentException("No authority key."), number ?? throw new AsnContentException("No number."));
    }

    private static ulong ReadNumber(ReadOnlyMemory<byte> value)
    {
        var reader = Der.Read(value);
        if (!reader.TryReadUInt64(out var number) || number == 0) throw new AsnContentException("A number that isn't one.");
        reader.ThrowIfNotEmpty();
        return number;
    }

    private static ReadOnlyMemory<byte> ReadPlainExtension(AsnReader extensions, out string oid)
    {
        var extension = extensions.ReadSequence();
        oid = extension.ReadObjectIdentifier();
        var value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return value;
    }
}
