using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

/// <summary>Documents of Trusts and Domains as files: one line of JSON each (docs/domains.md).</summary>
internal static class TrustFile
{
    public const string TrustKind = "trust", DomainKind = "domain", RetirementKind = "retirement";

    private const int Limit = 16 * 1024 * 1024;

    public static Trust Read(string path) => Trust.Parse(Document(TrustKind, path), new CertificateCache()).OrEnd(path);

    public static Domain ReadDomain(string path) => Domain.Parse(Document(DomainKind, path), new CertificateCache()).OrEnd(path);

    public static HsmKey ReadHsmKey(string path) => HsmKey.Parse(Document(HsmKey.Kind, path), new CertificateCache()).OrEnd(path);

    public static Retirement ReadRetirement(string path) => Retirement.Parse(Document(RetirementKind, path), new CertificateCache()).OrEnd(path);

    /// <summary>The document of a file, with the line end that text files have.</summary>
    public static byte[] ToFile(string kind, ReadOnlySpan<byte> document) => [.. DocumentFile.Write(kind, document), (byte)'\n'];

    private static byte[] Document(string kind, string path) => DocumentFile.Read(kind, InputFile.Bytes(path, Limit)).OrEnd(path);
}
