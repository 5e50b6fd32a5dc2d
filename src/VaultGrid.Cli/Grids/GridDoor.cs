using System.Security.Cryptography;
using VaultGrid.Cli.Files;
using VaultGrid.Client;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Cli.Grids;

/// <summary>The way into a grid: REST over mutual TLS under the caller's client certificate.</summary>
internal sealed class GridDoor : IDisposable
{
    private readonly VaultGridClient _client;

    private GridDoor(VaultGridClient client, Uri address, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
    {
        (_client, Address, Identity, Authorities) = (client, address, identity, authorities);
        Domains = new DomainClient(client.Trusts, identity, authorities, time);
        SharedKeys = new SharedKeyCaller(client.SharedKeys, identity, authorities, time);
    }

    public IVaultGrid Grid => _client;

    public DomainClient Domains { get; }

    public SharedKeyCaller SharedKeys { get; }

    public Uri Address { get; }

    /// <summary>Who calls.</summary>
    public TlsIdentity Identity { get; }

    /// <summary>What the relay is recognised by.</summary>
    public KnownAuthorities Authorities { get; }

    public static GridDoor Open(Invocation run)
    {
        var settings = GridSettings.Of(run);
        var address = settings.Address ?? throw Missing("the grid's address", "--grid URL or VAULTGRID_GRID");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw CommandEndedException.Usage($"'{address}' is not the address of a grid: expected https://host:port");

        var trusted = CertificateFile.ReadTrusted(settings.Authorities ?? throw Missing("the CA bundle", "--grid-authorities or VAULTGRID_AUTHORITIES"), run.Now);
        var identity = ReadIdentity(settings);
        var authorities = new KnownAuthorities(trusted);
        var options = new VaultGridClientOptions { Address = uri, Retries = 1, ConnectTimeout = TimeSpan.FromSeconds(5) };
        return new GridDoor(VaultGridClient.Create(options, identity, authorities, run.Time).OrEnd(), uri, identity, authorities, run.Time);
    }

    public void Dispose()
    {
        _client.Dispose();
        Identity.Dispose();
    }

    private static TlsIdentity ReadIdentity(GridSettings settings)
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
