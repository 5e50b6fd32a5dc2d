using System.Security.Cryptography;
using System.Text;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Files;

/// <summary>Certificates and what belongs to them, as PEM (or DER) files.</summary>
internal static class CertificateFile
{
    /// <summary>The first certificate of a PEM file; further ones are the chain above it.</summary>
    public static RoleCertificate Read(string path) => Parse(InputFile.Text(path), path).OrEnd(path);

    public static Outcome<RoleCertificate> Parse(string pem, string what) =>
        AuthorityBundle.ParsePem(pem).Is(out var bundle, out _) && bundle.Certificates.Length > 0
            ? RoleCertificate.Parse(bundle.Certificates[0].Span)
            : new Refusal(RefusalCode.CertificateMalformed, $"{what} holds no certificate in PEM");

    public static string ToPem(ReadOnlyMemory<byte> der) => PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n";

    public static DeviceRequest ReadDeviceRequest(string path) =>
        DeviceRequest.Parse(Der(path, "CERTIFICATE REQUEST", RefusalCode.CertificateMalformed)).OrEnd(path);

    public static string DeviceRequestToPem(ReadOnlyMemory<byte> der) => PemEncoding.WriteString("CERTIFICATE REQUEST", der.Span) + "\n";

    public static CertificateKey ReadPublicKey(string path) =>
        CertificateKey.Parse(Der(path, "PUBLIC KEY", RefusalCode.InputMalformed)).OrEnd(path);

    public static AuthorityBundle ReadBundle(string path) => AuthorityBundle.ParsePem(InputFile.Text(path, AuthorityBundle.MaximumBytes)).OrEnd(path);

    /// <summary>The one root in a file of certificates.</summary>
    public static RoleCertificate ReadRoot(string path) => ReadBundle(path).Certificates
        .Select(der => RoleCertificate.Parse(der.Span).OrEnd(path))
        .FirstOrDefault(certificate => certificate.Role == CertificateRole.Root)
        ?? throw Running.CommandEndedException.Refused(new Refusal(RefusalCode.CertificateUntrusted, $"{path} holds no Root CA's certificate"));

    /// <summary>A bundle as its readers check it: the root in it pinned, every signature and rule verified.</summary>
    public static TrustedAuthorities ReadTrusted(string path, DateTimeOffset now) => Trust(ReadBundle(path), now).OrEnd(path);

    public static Outcome<TrustedAuthorities> Trust(AuthorityBundle bundle, DateTimeOffset now)
    {
        foreach (var certificate in bundle.Certificates)
        {
            if (!RoleCertificate.Parse(certificate.Span).Is(out var parsed, out var refusal)) return refusal;
            if (parsed.Role == CertificateRole.Root) return TrustedAuthorities.Pin(certificate.Span).Then(pinned => pinned.TryAdd(bundle, now));
        }

        return new Refusal(RefusalCode.CertificateUntrusted, "the bundle has no root");
    }

    // DER as it is, or the one PEM block with this label.
    private static byte[] Der(string path, string label, RefusalCode code)
    {
        var bytes = InputFile.Bytes(path);
        if (bytes.Length > 0 && bytes[0] == 0x30) return bytes;
        var text = Encoding.UTF8.GetString(bytes);
        try
        {
            if (PemEncoding.TryFind(text, out var fields) && text.AsSpan()[fields.Label].SequenceEqual(label))
                return Convert.FromBase64String(text[fields.Base64Data]);
        }
        catch (FormatException)
        {
            // Told below: a damaged block is as good as none.
        }

        throw Running.CommandEndedException.Refused(new Refusal(code, $"{path} holds no {label} in PEM"));
    }
}
