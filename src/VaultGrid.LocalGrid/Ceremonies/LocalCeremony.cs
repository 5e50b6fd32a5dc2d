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
    private readonly AuthorityOptions _options;
    private readonly TimeProvider _time;
    private readonly SecretBytes _passphrase;
    private readonly Lock _gate = new();

    private AuthorityBundle _bundle;
    private TrustedAuthorities _trusted;

    private LocalCeremony(string directory, GridAuthorities authorities, AuthorityOptions options, TimeProvider time, SecretBytes passphrase)
    {
        (Directory, _options, _time, _passphrase, Root) = (directory, options, time, passphrase, authorities.Root);
        (_bundle, _trusted) = (authorities.Bundle(), authorities.Trusted().Value);
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
    public RoleCertificate Root { get; }

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
        var terms = new AuthorityOptions { Organization = "VaultGrid local", Protection = KeyProtection.UnsafeFast };
        LocalCeremony ceremony;
        using (var authorities = GridAuthorities.Create(Path.Combine(directory, "ca"), clusters, terms, passphrase, time).Value)
            ceremony = new LocalCeremony(directory, authorities, terms, time, passphrase);
        ceremony.Admins = [.. Enumerable.Range(1, options.Admins).Select(number => ceremony.MakeAdmin((uint)number))];
        ceremony.AdminsPolicy = ceremony.Policy(KeyId.Provisioning, options.Quorum, [], []);
        ceremony.MakeTls();
        AtomicFile.Write(ceremony.AdminsPolicyFile, Encoding.UTF8.GetString(ceremony.AdminsPolicy.ToUtf8()));
        AtomicFile.Write(ceremony.RootFile, PemEncoding.WriteString("CERTIFICATE", ceremony.Root.Der.Span) + "\n");
        ceremony.WriteBundle();
        return ceremony;
    }

    /// <summary>The CA bundle as it is now.</summary>
    public AuthorityFile Bundle()
    {
        lock (_gate) return new AuthorityFile(_bundle.ToPem());
    }

    /// <summary>The CA bundle, verified.</summary>
    public TrustedAuthorities Trusted()
    {
        lock (_gate) return _trusted;
    }

    /// <summary>Certifies a node's D key, if its enclave has pinned <see cref="AdminsPolicy"/>.</summary>
    public Outcome<IssuedCertificate> Certify(ReadOnlySpan<byte> request, NodeId node)
    {
        if (!DeviceRequest.Parse(request).Is(out var parsed, out var refusal)) return refusal;
        return With(authorities => authorities.CertifyDevice(parsed, node, AdminsPolicy.Hash().ToArray(), _passphrase));
    }

    /// <summary>Certifies a new key of an operator or a client, in memory alone.</summary>
    /// <param name="identity">Whom it is for.</param>
    /// <param name="claims">The Domains that a client may use.</param>
    public (RoleCertificate Certificate, SigningKey Key) Certify(CertificateIdentity identity, ClientClaims? claims = null)
    {
        var key = SigningKey.Generate(SigningKeyKind.P256);
        return (With(authorities => authorities.Issue(identity, key.Public, ServerNames.None, _passphrase, claims)).Value.Certificate, key);
    }

    /// <summary>Certifies a new operator, in memory alone.</summary>
    public LocalOperator Operator(uint number)
    {
        var (certificate, key) = Certify(CertificateIdentity.Operator(number));
        return new LocalOperator(certificate, key);
    }

    /// <summary>Certifies an operator whose key is elsewhere: in a Domain of the grid.</summary>
    public RoleCertificate Operator(uint number, CertificateKey key) =>
        With(authorities => authorities.Issue(CertificateIdentity.Operator(number), key, ServerNames.None, _passphrase)).Value.Certificate;

    /// <summary>Certifies a new client, who may use Domains, and writes <c>NAME.pem</c> and <c>NAME.key</c>.</summary>
    /// <param name="name">The client's name.</param>
    /// <param name="claims">The Domains.</param>
    public TlsIdentity Client(string name, ClientClaims? claims)
    {
        using var key = SigningKey.Generate(SigningKeyKind.P256);
        var (certificateFile, keyFile) = (Path.Combine(Directory, name + ".pem"), Path.Combine(Directory, name + ".key"));
        _ = Issue(CertificateIdentity.Client(name).Value, key, ServerNames.None, certificateFile, keyFile, claims);
        return Identity(certificateFile, keyFile);
    }

    /// <summary>Revokes all certificates of an identity and writes the bundle anew.</summary>
    public Outcome<RevocationList> Revoke(CertificateIdentity identity)
    {
        var revoked = With(authorities => authorities.Revoke(identity, RevocationReason.Unspecified, _passphrase));
        WriteBundle();
        return revoked;
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
        _passphrase.Dispose();
    }

    internal TlsIdentity Identity(string certificateFile, string keyFile)
    {
        var passphrase = new byte[_passphrase.Length];
        try
        {
            _passphrase.CopyTo(passphrase);
            return Steps.Done(TlsIdentity.FromPem(File.ReadAllText(certificateFile), File.ReadAllText(keyFile), passphrase), "the client's certificate");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    // The CAs are open while they are used and no longer: 'vaultgrid ca' can be used on them while the grid is up.
    private T With<T>(Func<GridAuthorities, T> ceremony)
    {
        lock (_gate)
        {
            using var authorities = Steps.Done(GridAuthorities.Open(Path.Combine(Directory, "ca"), _options, _time), "opening the CAs");
            var result = ceremony(authorities);
            (_bundle, _trusted) = (authorities.Bundle(), authorities.Trusted().Value);
            return result;
        }
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

    private RoleCertificate Issue(
        CertificateIdentity identity, SigningKey key, ServerNames names, string certificateFile, string keyFile, ClientClaims? claims = null)
    {
        var issued = With(authorities => authorities.Issue(identity, key.Public, names, _passphrase, claims)).Value;
        SigningKeyFile.Write(keyFile, key, _passphrase, KeyProtection.UnsafeFast);
        AtomicFile.Write(certificateFile, issued.FullChainPem);
        return issued.Certificate;
    }

    private void WriteBundle() => AtomicFile.Write(AuthoritiesFile, Bundle().Pem);
}
