using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// CA certificates and revocation lists as they travel, unchecked: one PEM file (<c>CERTIFICATE</c> and <c>X509 CRL</c> blocks), or DER
/// <c>SEQUENCE { INTEGER 1, SEQUENCE OF Certificate, SEQUENCE OF CertificateList }</c>.
/// </summary>
/// <param name="Certificates">DER certificates.</param>
/// <param name="Lists">DER revocation lists.</param>
public sealed record AuthorityBundle(ImmutableArray<ReadOnlyMemory<byte>> Certificates, ImmutableArray<ReadOnlyMemory<byte>> Lists)
{
    /// <summary>The largest bundle that is read, in bytes.</summary>
    public const int MaximumBytes = 8 << 20;

    private const int FormatVersion = 1;
    private const string CertificateLabel = "CERTIFICATE";
    private const string ListLabel = "X509 CRL";

    /// <summary>Reads a PEM file; text between the blocks is skipped, another kind of block is refused (a private key has no place here).</summary>
    public static Outcome<AuthorityBundle> ParsePem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (pem.Length > MaximumBytes) return new Refusal(RefusalCode.InputTooLarge, $"a bundle has at most {MaximumBytes} bytes");

        var certificates = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var lists = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields) && !HasBlock(rest[..fields.Location.Start]))
        {
            var der = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            if (rest[fields.Label] is CertificateLabel) certificates.Add(der);
            else if (rest[fields.Label] is ListLabel) lists.Add(der);
            else return new Refusal(RefusalCode.InputMalformed, "a bundle holds CERTIFICATE and X509 CRL blocks and nothing else");
            rest = rest[fields.Location.End..];
        }

        // A block that is cut or damaged is not found above: it must not pass for text.
        return HasBlock(rest) || certificates.Count + lists.Count == 0
            ? new Refusal(RefusalCode.InputMalformed, "the bundle has a damaged PEM block or none at all")
            : new AuthorityBundle(certificates.ToImmutable(), lists.ToImmutable());
    }

    /// <summary>Reads the DER form.</summary>
    public static Outcome<AuthorityBundle> Parse(ReadOnlySpan<byte> der)
    {
        if (der.Length > MaximumBytes) return new Refusal(RefusalCode.InputTooLarge, $"a bundle has at most {MaximumBytes} bytes");

        try
        {
            var outer = Der.Read(der.ToArray());
            var bundle = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (!bundle.TryReadInt32(out var version) || version != FormatVersion) throw new AsnContentException("Not version 1.");
            var (certificates, lists) = (ReadEach(bundle.ReadSequence()), ReadEach(bundle.ReadSequence()));
            bundle.ThrowIfNotEmpty();
            return new AuthorityBundle(certificates, lists);
        }
        catch (AsnContentException)
        {
            return new Refusal(RefusalCode.InputMalformed, "the bundle of authorities is not valid DER");
        }
    }

    /// <summary>The PEM form, certificates first.</summary>
    public string ToPem()
    {
        var text = new StringBuilder();
        foreach (var certificate in Certificates) text.Append(PemEncoding.WriteString(CertificateLabel, certificate.Span)).Append('\n');
        foreach (var list in Lists) text.Append(PemEncoding.WriteString(ListLabel, list.Span)).Append('\n');
        return text.ToString();
    }

    /// <summary>The DER form.</summary>
    public byte[] ToBytes()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(FormatVersion);
            using (writer.PushSequence())
            {
                foreach (var certificate in Certificates) writer.WriteEncodedValue(certificate.Span);
            }

            using (writer.PushSequence())
            {
                foreach (var list in Lists) writer.WriteEncodedValue(list.Span);
            }
        }

        return writer.Encode();
    }

    private static bool HasBlock(ReadOnlySpan<char> text) => text.Contains("-----BEGIN", StringComparison.Ordinal);

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadEach(AsnReader values)
    {
        var each = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        while (values.HasData) each.Add(values.ReadEncodedValue());
        return each.ToImmutable();
    }
}
