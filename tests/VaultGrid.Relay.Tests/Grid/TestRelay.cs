using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>A relay on loopback with real certificates, composed exactly as a host composes it.</summary>
internal sealed class TestRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _owned = [];

    private TestRelay(WebApplication app, TestAuthorities authorities, MemoryGrid grid) => (_app, Authorities, Grid) = (app, authorities, grid);

    public TestAuthorities Authorities { get; }

    public MemoryGrid Grid { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new UriBuilder("https", "localhost", new Uri(Bound("https")).Port).Uri;

    public Uri HealthAddress => new(Bound("http"));

    public static async Task<TestRelay> StartAsync(TestAuthorities authorities, Action<RelayOptions>? configure = null, Uri? upstream = null, string name = "relay-1", RelayChannel? channel = null)
    {
        var grid = new MemoryGrid(authorities.BundlePem);
        var issued = authorities.Relay(name);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(authorities.Time);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.AddVaultGridRelay(options =>
        {
            (options.Port, options.HealthPort) = (0, null);
            (options.CertificateFile, options.KeyFile, options.PassphraseFile) = (issued.ChainFile, issued.KeyFile, authorities.PassphraseFile);
            (options.RootFile, options.AuthoritiesFile) = (authorities.RootFile, authorities.AuthoritiesFile);
            (options.Upstream, options.Channel) = (upstream, channel);
            configure?.Invoke(options);
        });
        if (channel is not null) builder.Services.AddSingleton<IVaultGridProvider, ChannelRelay>();
        else if (upstream is null) builder.Services.AddSingleton<IVaultGridProvider>(grid);
        else builder.Services.AddSingleton<IVaultGridProvider, UpstreamRelay>();

        var app = builder.Build().UseVaultGridRelay();
        await app.StartAsync();
        return new TestRelay(app, authorities, grid);
    }

    public VaultGridClient Connect(IssuedFiles issued, int retries = 0, KnownAuthorities? known = null, TimeProvider? time = null, Uri? address = null)
    {
        var identity = issued.Open();
        var options = new VaultGridClientOptions { Address = address ?? Address, Retries = retries, RetryDelay = TimeSpan.FromMilliseconds(5) };
        var client = VaultGridClient.Create(options, identity, known ?? Authorities.Known(), time ?? TimeProvider.System).Value;
        _owned.AddRange([client, identity]);
        return client;
    }

    /// <summary>A client with a certificate of its own but without the SDK: for requests that the SDK would never make.</summary>
    public HttpClient Raw(IssuedFiles? issued = null)
    {
        var identity = (issued ?? Authorities.Client("raw")).Open();
        var handler = new SocketsHttpHandler();
        handler.SslOptions.ClientCertificateContext = identity.Context;
#pragma warning disable CA5359 // the server's certificate is not what these requests are about
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        var client = new HttpClient(handler) { BaseAddress = Address };
        _owned.AddRange([client, identity]);
        return client;
    }

    public static ByteArrayContent Json(string text) =>
        new(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) owned.Dispose();

        // A relay that is its own caller would be waited for until it gives up.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private string Bound(string scheme) => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .First(address => address.StartsWith(scheme + "://", StringComparison.Ordinal)).Replace(IPAddress.Any.ToString(), "127.0.0.1", StringComparison.Ordinal);
}
