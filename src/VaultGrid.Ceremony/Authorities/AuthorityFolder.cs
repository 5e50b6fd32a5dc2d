using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultGrid.Ceremony.Files;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>One CA on disk: <c>key.pem</c> (encrypted), <c>certificate.pem</c>, <c>list.pem</c>, <c>ledger</c> and <c>issued/{serial}.pem</c>.</summary>
internal sealed class AuthorityFolder
{
    private readonly string _path;

    private AuthorityFolder(string path, RoleCertificate certificate, Ledger ledger, RevocationList? list) =>
        (_path, Certificate, Ledger, List) = (path, certificate, ledger, list);

    public RoleCertificate Certificate { get; }

    public Ledger Ledger { get; private set; }

    /// <summary>The newest list; null only where a crash kept the first from being written.</summary>
    public RevocationList? List { get; private set; }

    /// <summary>The CA's subject as its certificate has it, whatever the options say today.</summary>
    public X500DistinguishedName Name
    {
        get
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Certificate.Der.Span);
            return certificate.SubjectName;
        }
    }

    /// <summary><c>root</c>, <c>admin-ca</c>, … <c>cluster-1</c>.</summary>
    public static string NameOf(CertificateIdentity authority) => authority.Cluster is { } cluster ? $"cluster-{cluster}" : authority.Role.Name();

    /// <summary>Makes the folder of a new CA.</summary>
    public static AuthorityFolder Create(string parent, RoleCertificate certificate, SigningKey key, SecretBytes passphrase, KeyProtection protection)
    {
        var path = Path.Combine(parent, NameOf(certificate.Identity));
        AtomicFile.CreateDirectory(path);
        AtomicFile.CreateDirectory(Path.Combine(path, "issued"));
        SigningKeyFile.Write(Path.Combine(path, "key.pem"), key, passphrase, protection);
        var folder = new AuthorityFolder(path, certificate, Ledger.Empty, null);
        AtomicFile.Write(folder.LedgerPath, Ledger.Empty.ToText());

        // Last, because a folder with a certificate is a CA.
        AtomicFile.Write(folder.CertificatePath, Pem(certificate));
        DirectorySync.Flush(parent);
        return folder;
    }

    public static Outcome<AuthorityFolder> Open(string path)
    {
        var name = Path.GetFileName(path);
        if (!ReadPem(Path.Combine(path, "certificate.pem")).Is(out var bundle, out var refusal)) return refusal;
        if (bundle.Certificates.Length != 1 || !RoleCertificate.Parse(bundle.Certificates[0].Span).Is(out var certificate, out _))
            return new Refusal(RefusalCode.StoreTampered, $"certificate.pem of {name} holds no certificate of VaultGrid's");
        if (!certificate.Role.IsAuthority() || NameOf(certificate.Identity) != name)
            return new Refusal(RefusalCode.StoreTampered, $"the folder {name} holds the certificate of {certificate}");

        var ledgerPath = Path.Combine(path, "ledger");
        if (!File.Exists(ledgerPath)) return new Refusal(RefusalCode.StoreTampered, $"the folder {name} has no ledger");
        if (!Ledger.Parse(File.ReadAllText(ledgerPath)).Is(out var ledger, out refusal)) return refusal with { Detail = $"{name}: {refusal.Detail}" };

        var folder = new AuthorityFolder(path, certificate, ledger, null);
        return folder.ReadList() is { } damaged ? damaged : folder;
    }

    public Outcome<SigningKey> OpenKey(SecretBytes passphrase)
    {
        if (!SigningKeyFile.Read(Path.Combine(_path, "key.pem"), passphrase).Is(out var key, out var refusal)) return refusal;
        if (key.Public.Equals(Certificate.Key)) return key;

        key.Dispose();
        return new Refusal(RefusalCode.CertificateKey, $"key.pem is not the key of {Certificate}");
    }

    /// <summary>On disk before this returns: whatever the entry names may leave after.</summary>
    public void Record(LedgerEntry entry)
    {
        var next = Ledger.With(entry);
        AtomicFile.Write(LedgerPath, next.ToText());
        Ledger = next;
    }

    public void Keep(RoleCertificate issued) => AtomicFile.Write(Path.Combine(_path, "issued", $"{issued.Serial}.pem"), Pem(issued));

    public void Publish(RevocationList list)
    {
        AtomicFile.Write(ListPath, PemEncoding.WriteString("X509 CRL", list.Der.Span) + "\n");
        List = list;
    }

    public static string Pem(RoleCertificate certificate) => PemEncoding.WriteString("CERTIFICATE", certificate.Der.Span) + "\n";

    private string LedgerPath => Path.Combine(_path, "ledger");

    private string CertificatePath => Path.Combine(_path, "certificate.pem");

    private string ListPath => Path.Combine(_path, "list.pem");

    private Refusal? ReadList()
    {
        if (!File.Exists(ListPath)) return null;
        if (!ReadPem(ListPath).Is(out var bundle, out var refusal)) return refusal;
        if (bundle.Lists.Length != 1 || !RevocationList.Parse(bundle.Lists[0].Span).Is(out var list, out _) 
            || list.Number > Ledger.LastNumber || !list.IsIssuedBy(Certificate))
            return new(RefusalCode.StoreTampered, $"list.pem of {Certificate} is no list of its ledger: restore the directory from its backup");

        List = list;
        return null;
    }

    private static Outcome<AuthorityBundle> ReadPem(string path) => File.Exists(path)
        ? AuthorityBundle.ParsePem(File.ReadAllText(path))
        : new Refusal(RefusalCode.StoreTampered, $"there is no {Path.GetFileName(path)} in {Path.GetFileName(Path.GetDirectoryName(path))}");
}
