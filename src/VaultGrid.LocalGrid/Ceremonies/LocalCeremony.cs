using System.Net;
using System.Security.Cryptography;
using System.Text;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Files;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LocalGrid;

/// <summary>
/// The CAs, administrators, client and relay of a grid on this machine. Key files are protected with few rounds of PBKDF2
/// (<see cref="KeyProtection.UnsafeFast"/>) under one random passphrase that lies beside them: fit for development and for nothing else.
/// </summary>
public sealed class LocalCeremony : IDisposable
{
    private readonly GridAuthorities _authorities;
    private readonly SecretBytes _passphrase;
    private readonly Lock _gate = new();

    private LocalCeremony(string directory, GridAuthorities authorities, SecretBytes passphrase)
    {
        (Directory, _authorities, _passphrase) = (directory, authorities, passphrase);
        PassphraseFile = Path.Combine(directory, "passphrase");
        AuthoritiesFile = Path.Combine(directory, "authorities.pem");
        RootFile = Path.Combine(directory, "root.pem");
    }

    /// <summary>Where all files are.</summary>
    public string Directory { get; }

    /// <summary>The file with the passphrase of every key here.</summary>
    public string PassphraseFile { get; }

    /// <summary>The CA bundle.</summary>
    public string AuthoritiesFile { get; }

    /// <summary>The Root CA's certificate.</summary>
    public string RootFile { get; }

    /// <summary>The Root CA's certificate.</summary>
    public RoleCertificate Root => _authorities.Root;

    /// <summary>The administrators, by number.</summary>
    public IReadOnlyList<LocalAdmin> Admins { get; private set; } = [];

    /// <summary>The administrators' policy that every node pins.</summary>
    public KeyPolicy AdminsPolicy { get; private set; } = null!;

    /// <summary>The file of <see cref="AdminsPolicy"/>.</summary>
    public string AdminsPolicyFile => Path.Combine(Directory, "admins.json");

    /// <summary>The client's certificate.</summary>
    public string ClientCertificateFile => Path.Combine(Directory, "client.pem");

    /// <summary>The client's key.</summary>
    public string ClientKeyFile => Path.Combine(Directory, "client.key");

    internal string RelayCertificateFile => Path.Combine(Directory, "relay.pem");

    internal string RelayKeyFile => Path.Combine(Directory, "relay.key");

    internal static LocalCeremony Hold(string directory, LocalGridOptions options, TimeProvider time)
    {
        AtomicFile.CreateDirectory(directory);
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        AtomicFile.Write(Path.Combine(directory, "passphrase"), text + "\n");
        var passphrase = SecretBytes.Take(Encoding.UTF8.GetBytes(text));

        var clusters = Enumerable.Range(1, options.Clusters + options.SmallClusters).Select(number => new ClusterId((uint)number)).ToList();
        var authorities = GridAuthorities.Create(
            Path.Combine(directory, "ca"), clusters, new AuthorityOptions { Organization = "VaultGrid local", Protection = KeyProtection.UnsafeFast }, passphrase, time).Value;
        var ceremony = new LocalCeremony(directory, authorities, passphrase);
        ceremony.Admins = [.. Enumerable.Range(1, options.Admins).Select(number => ceremony.MakeAdmin((uint)number))];
        ceremony.AdminsPolicy = ceremony.Policy(KeyId.Provisioning, options.Quorum, [], []);
        ceremony.MakeTls();
        AtomicFile.Write(ceremony.AdminsPolicyFile, Encoding.UTF8.GetString(ceremony.AdminsPolicy.ToUtf8()));
        AtomicFile.Write(ceremony.RootFile, PemEncoding.WriteString("CERTIFICATE", authorities.Root.Der.Span) + "\n");
        ceremony.WriteBundle();
        return ceremony;
    }

    /// <summary>The CA bundle as it is now.</summary>
    public AuthorityFile Bundle()
    {
        lock (_gate) return new AuthorityFile(_authorities.Bundle().ToPem());
    }

    /// <summary>The CA bundle, verified.</summary>
    public TrustedAuthorities Trusted()
    {
        lock (_gate) return _authorities.Trusted().Value;
    }

    /// <summary>Certifies a node's D key, if its enclave has pinned <see cref="AdminsPolicy"/>.</summary>
    public Outcome<IssuedCertificate> Certify(ReadOnlySpan<byte> request, NodeId node)
    {
        if (!DeviceRequest.Parse(request).Is(out var parsed, out var refusal)) return refusal;
        lock (_gate) return _authorities.CertifyDevice(parsed, node, AdminsPolicy.Hash().ToArray(), _passphrase);
    }

    /// <summary>Certifies a new key of an operator or a client, in memory alone.</summary>
    /// <param name="identity">Whom it is for.</param>
    /// <param name="claims">The Domains that a client may use.</param>
    public (RoleCertificate Certificate, SigningKey Key) Certify(CertificateIdentity identity, ClientClaims? claims = null)
    {
        var key = SigningKey.Generate(SigningKeyKind.P256);
        lock (_gate) return (_authorities.Issue(identity, key.Public, ServerNames.None, _passphrase, claims).Value.Certificate, key);
    }

    /// <summary>Revokes all certificates of an identity and writes the bundle anew.</summary>
    public Outcome<RevocationList> Revoke(CertificateIdentity identity)
    {
        lock (_gate)
        {
            var revoked = _authorities.Revoke(identity, RevocationReason.Unspecified, _passphrase);
            WriteBundle();
            return revoked;
        }
    }

    /// <summary>The first policy of a key, approved by administrators of this grid.</summary>
    /// <param name="key">The key.</param>
    /// <param name="quorum">How many must approve.</param>
    /// <param name="algorithms">What it may sign.</param>
    /// <param name="paths">Where it may sign.</param>
    public KeyPolicy Policy(KeyId key, int quorum, IEnumerable<SigningAlgorithm> algorithms, IEnumerable<PathPattern> paths) => new()
    {
        KeyId = key,
        Number = 1,
        Predecessor = null,
        Quorum = quorum,
        Admins = [.. Admins.Select(admin => PolicyAdmin.Of(admin.Certificate)).OrderBy(admin => admin.Identity, StringComparer.Ordinal)],
        Algorithms = [.. algorithms],
        Paths = [.. paths],
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var admin in Admins) admin.Dispose();
        _authorities.Dispose();
        _passphrase.Dispose();
    }

    internal byte[] PassphraseBytes()
    {
        var bytes = new byte[_passphrase.Length];
        _passphrase.CopyTo(bytes);
        return bytes;
    }

    private LocalAdmin MakeAdmin(uint number)
    {
        var (certificateFile, keyFile) = (Path.Combine(Directory, $"admin-{number}.pem"), Path.Combine(Directory, $"admin-{number}.key"));
        var key = SigningKey.Generate(SigningKeyKind.P256);
        var certificate = Issue(CertificateIdentity.Admin(number), key, ServerNames.None, certificateFile, keyFile);
        return new LocalAdmin(certificate, key, certificateFile, keyFile);
    }

    private void MakeTls()
    {
        using var client = SigningKey.Generate(SigningKeyKind.P256);
        _ = Issue(CertificateIdentity.Client("local").Value, client, ServerNames.None, ClientCertificateFile, ClientKeyFile);
        using var relay = SigningKey.Generate(SigningKeyKind.P256);
        _ = Issue(CertificateIdentity.Relay("local").Value, relay, new ServerNames(["localhost"], [IPAddress.Loopback]), RelayCertificateFile, RelayKeyFile);
    }

    private RoleCertificate Issue(CertificateIdentity identity, SigningKey key, ServerNames names, string certificateFile, string keyFile)
    {
        var issued = _authorities.Issue(identity, key.Public, names, _passphrase).Value;
        SigningKeyFile.Write(keyFile, key, _passphrase, KeyProtection.UnsafeFast);
        AtomicFile.Write(certificateFile, issued.FullChainPem);
        return issued.Certificate;
    }

    private void WriteBundle() => AtomicFile.Write(AuthoritiesFile, _authorities.Bundle().ToPem());
}
