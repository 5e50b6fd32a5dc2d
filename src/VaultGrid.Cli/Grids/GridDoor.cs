using System.Security.Cryptography;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Grids;

/// <summary>The way into a grid: REST over mutual TLS under the caller's client certificate.</summary>
internal sealed class GridDoor : IDisposable
{
    private readonly VaultGridClient _client;
    private readonly TlsIdentity _identity;

    private GridDoor(VaultGridClient client, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
    {
        (_client, _identity, Authorities) = (client, identity, authorities);
        Domains = new DomainClient(client.Trusts, identity, authorities, time);
    }

    public IVaultGrid Grid => _client;

    public DomainClient Domains { get; }

    public KnownAuthorities Authorities { get; }

    public static GridDoor Open(Invocation run)
    {
        var settings = GridSettings.Of(run);
        var address = settings.Address ?? throw Missing("the grid's address", "--grid URL or VAULTGRID_GRID");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw CommandEndedException.Usage($"'{address}' is not the address of a grid: expected https://host:port");

        var trusted = CertificateFile.ReadTrusted(settings.Authorities ?? throw Missing("the CA bundle", "--grid-authorities or VAULTGRID_AUTHORITIES"), run.Now);
        var identity = Identity(settings);
        var options = new VaultGridClientOptions { Address = uri, Retries = 1, ConnectTimeout = TimeSpan.FromSeconds(5) };
        var authorities = new KnownAuthorities(trusted);
        return new GridDoor(VaultGridClient.Create(options, identity, authorities, run.Time).OrEnd(), identity, authorities, run.Time);
    }

    public void Dispose()
    {
        _client.Dispose();
        _identity.Dispose();
    }

    private static TlsIdentity Identity(GridSettings settings)
    {
        var certificate = InputFile.Text(settings.ClientCertificate ?? throw Missing("your certificate", "--client-cert or VAULTGRID_CLIENT_CERT"));
        var keyPath = settings.ClientKey ?? throw Missing("your private key", "--client-key or VAULTGRID_CLIENT_KEY");
        var key = InputFile.Text(keyPath);
        using var passphrase = PassphraseSource.Read(settings.PassphraseFile, keyPath);
        Span<byte> utf8 = stackalloc byte[passphrase.Length];
        try
        {
            passphrase.CopyTo(utf8);
            return TlsIdentity.FromPem(certificate, key, utf8).OrEnd(keyPath);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
        }
    }

    private static CommandEndedException Missing(string what, string where) =>
        CommandEndedException.Usage($"{what} is not given", $"give it by {where}, or once by 'vaultgrid grid use'");
}
