using System.Net;
using System.Text;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>A grid's CAs in a temporary directory, made by the real ceremony; identities come with their key files.</summary>
internal sealed class TestAuthorities : IDisposable
{
    public const string Passphrase = "of the tests";

    private readonly GridAuthorities _grid;
    private readonly SecretBytes _secret = SecretBytes.Take(Encoding.UTF8.GetBytes(Passphrase));
    private int _files;

    public TestAuthorities()
    {
        Directory.CreateDirectory(Folder);
        var options = new AuthorityOptions { Protection = KeyProtection.UnsafeFast };
        _grid = GridAuthorities.Create(Path.Combine(Folder, "ca"), [new ClusterId(1)], options, _secret, Time).Value;
        RootFile = Write("root.pem", new AuthorityBundle([_grid.Root.Der], []).ToPem());
        AuthoritiesFile = Write("authorities.pem", BundlePem);
        PassphraseFile = Write("passphrase", Passphrase + "\n");
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "vg-relay-" + Guid.NewGuid().ToString("N")[..8]);

    public ShiftedTime Time { get; } = new();

    public string RootFile { get; }

    public string AuthoritiesFile { get; }

    public string PassphraseFile { get; }

    public string BundlePem => _grid.Bundle().ToPem();

    /// <summary>Knows what the CAs have published so far.</summary>
    public KnownAuthorities Known() => KnownAuthorities.Open(File.ReadAllText(RootFile), BundlePem, Time.GetUtcNow()).Value;

    public IssuedFiles Client(string name) => Issue(CertificateIdentity.Client(name).Value, ServerNames.None);

    public IssuedFiles Relay(string name, params string[] hosts) => Issue(
        CertificateIdentity.Relay(name).Value, new ServerNames(hosts.Length == 0 ? ["localhost"] : [.. hosts], hosts.Length == 0 ? [IPAddress.Loopback] : []));

    public IssuedFiles Admin(uint number) => Issue(CertificateIdentity.Admin(number), ServerNames.None);

    public void Revoke(IssuedFiles issued) => _grid.Revoke(issued.Certificate, RevocationReason.KeyCompromise, _secret).Value.ToString();

    public void Dispose()
    {
        _grid.Dispose();
        _secret.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private IssuedFiles Issue(CertificateIdentity identity, ServerNames names)
    {
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var issued = _grid.Issue(identity, key.Public, names, _secret).Value;
        var stem = $"{identity.Role.Name()}-{++_files}";
        var keyFile = Path.Combine(Folder, stem + ".key.pem");
        SigningKeyFile.Write(keyFile, key, _secret, KeyProtection.UnsafeFast);
        return new IssuedFiles(issued.Certificate, Write(stem + ".pem", issued.FullChainPem), keyFile);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}

/// <summary>A certificate and where its chain and key lie.</summary>
internal sealed record IssuedFiles(RoleCertificate Certificate, string ChainFile, string KeyFile)
{
    public TlsIdentity Open() => TlsIdentity.FromPem(File.ReadAllText(ChainFile), File.ReadAllText(KeyFile), Encoding.UTF8.GetBytes(TestAuthorities.Passphrase)).Value;
}
