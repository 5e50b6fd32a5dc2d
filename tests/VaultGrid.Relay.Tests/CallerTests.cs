using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Who may call: strangers end at the handshake, holders of a certificate of ours that doesn't count now are told why.</summary>
public sealed class CallerTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private TestRelay Relay => fixture.Relay;

    private TestAuthorities Authorities => fixture.Authorities;

    [Fact]
    public async Task A_certificate_of_another_root_ends_at_the_handshake()
    {
        using var foreign = new TestAuthorities();
        using var raw = Relay.Raw(foreign.Client("backend"));
        await Assert.ThrowsAsync<HttpRequestException>(() => raw.GetAsync("/health/live"));

        var refusal = (await Relay.Connect(foreign.Client("backend")).GetGridAsync(default)).Refusal;
        Assert.Equal(RefusalCode.GridUnavailable, refusal?.Code);
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_certificate()
    {
        using var handler = new SocketsHttpHandler();
#pragma warning disable CA5359 // the server's certificate is not what this is about
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        using var http = new HttpClient(handler) { BaseAddress = Relay.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/health/live"));
    }

    [Fact]
    public async Task A_self_signed_lookalike_ends_at_the_handshake()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=backend", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var lookalike = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.ClientCertificates = [lookalike];
#pragma warning disable CA5359 // the server's certificate is not what this is about
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        using var http = new HttpClient(handler) { BaseAddress = Relay.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/v1/grid"));
    }

    [Fact]
    public async Task An_admin_s_certificate_is_no_caller_s() =>
        Assert.Equal(RefusalCode.CallerRefused, await Relay.Connect(Authorities.Admin(7)).GetGridAsync(default).Code());

    [Fact]
    public async Task A_relay_may_not_call_for_itself_but_for_public_data()
    {
        var peer = Relay.Connect(Authorities.Relay("peer"));
        Assert.Null(await peer.GetAuthoritiesAsync(default).Code());
        Assert.Equal(RefusalCode.CallerRefused, await peer.GetClusterAsync(new ClusterId(1), default).Code());
    }

    [Fact]
    public async Task A_relay_names_the_caller_and_is_believed()
    {
        Relay.Grid.Calls.Clear();
        var behind = Relay.Connect(Authorities.Relay("edge")).OnBehalfOf(CertificateIdentity.Client("far").Value);
        Assert.Null(await behind.GetClusterAsync(new ClusterId(1), default).Code());

        var call = Assert.Single(Relay.Grid.Calls);
        Assert.Equal(("vaultgrid://client/far", "vaultgrid://relay/edge"), (call.Caller.Identity.Uri, call.Caller.Relay?.Uri));
    }

    [Fact]
    public async Task A_client_may_not_speak_for_another()
    {
        Relay.Grid.Calls.Clear();
        var posing = Relay.Connect(Authorities.Client("mallory")).OnBehalfOf(CertificateIdentity.Client("alice").Value);
        Assert.Equal(RefusalCode.CallerRefused, await posing.GetClusterAsync(new ClusterId(1), default).Code());
        Assert.Empty(Relay.Grid.Calls);
    }

    [Theory]
    [InlineData("vaultgrid://admin/1")]
    [InlineData("vaultgrid://relay/other")]
    [InlineData("vaultgrid://client/Upper")]
    [InlineData("vaultgrid://client/a,vaultgrid://client/b")]
    [InlineData("someone")]
    public async Task A_relay_names_one_client_and_nothing_else(string name)
    {
        using var raw = Relay.Raw(Authorities.Relay("edge"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/clusters/1");
        request.Headers.TryAddWithoutValidation(GridHeaders.Caller, name);
        request.Headers.Add(GridHeaders.Hops, "1");
        using var response = await raw.SendAsync(request);
        await Problems.AssertAsync(response, HttpStatusCode.Forbidden, RefusalCode.CallerRefused);
    }

    [Theory]
    [InlineData("1", HttpStatusCode.OK)]
    [InlineData("4", HttpStatusCode.OK)]
    [InlineData("5", HttpStatusCode.Forbidden)]
    [InlineData("0", HttpStatusCode.Forbidden)]
    [InlineData("-1", HttpStatusCode.Forbidden)]
    [InlineData("01", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task A_call_passes_so_many_relays_and_no_more(string? hops, HttpStatusCode status)
    {
        using var raw = Relay.Raw(Authorities.Relay("edge"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/clusters/1");
        request.Headers.Add(GridHeaders.Caller, "vaultgrid://client/a");
        if (hops is not null) request.Headers.TryAddWithoutValidation(GridHeaders.Hops, hops);
        using var response = await raw.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_named_twice_is_refused()
    {
        using var raw = Relay.Raw(Authorities.Relay("edge"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/clusters/1");
        request.Headers.TryAddWithoutValidation(GridHeaders.Caller, ["vaultgrid://client/a", "vaultgrid://client/b"]);
        request.Headers.Add(GridHeaders.Hops, "1");
        using var response = await raw.SendAsync(request);
        await Problems.AssertAsync(response, HttpStatusCode.Forbidden, RefusalCode.CallerRefused);
    }

    [Fact]
    public async Task A_revoked_caller_is_refused_on_the_connection_it_has_as_soon_as_the_list_is_published()
    {
        using var authorities = new TestAuthorities();
        await using var relay = await TestRelay.StartAsync(authorities);
        var thief = authorities.Client("thief");
        var (stolen, operatorOfList) = (relay.Connect(thief), relay.Connect(authorities.Client("operator")));
        Assert.Null(await stolen.GetGridAsync(default).Code());

        authorities.Revoke(thief);
        await operatorOfList.PublishAuthoritiesAsync(new AuthorityFile(authorities.BundlePem), default).Value();

        var refusal = (await stolen.GetGridAsync(default)).Refusal;
        Assert.Equal(RefusalCode.CallerUnauthenticated, refusal?.Code);
        Assert.Contains("certificate.revoked", refusal!.Detail, StringComparison.Ordinal);
        Assert.Null(await operatorOfList.GetGridAsync(default).Code());
    }

    [Fact]
    public async Task Newer_lists_come_from_the_grid_by_themselves()
    {
        using var authorities = new TestAuthorities();
        await using var relay = await TestRelay.StartAsync(authorities, options => options.AuthorityRefresh = TimeSpan.FromMilliseconds(100));
        var thief = authorities.Client("thief");
        var stolen = relay.Connect(thief);
        Assert.Null(await stolen.GetGridAsync(default).Code());

        authorities.Revoke(thief);
        relay.Grid.Authorities = authorities.BundlePem;

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await stolen.GetGridAsync(limit.Token).Code() is null) await Task.Yield();
        Assert.Equal(RefusalCode.CallerUnauthenticated, await stolen.GetGridAsync(default).Code());
    }

    [Theory]
    [InlineData(8, "revocations.overdue")]
    [InlineData(366, "certificate.expired")]
    public async Task Time_takes_a_caller_s_certificate_away(int days, string why)
    {
        using var authorities = new TestAuthorities();
        await using var relay = await TestRelay.StartAsync(authorities);
        var client = relay.Connect(authorities.Client("backend"));
        Assert.Null(await client.GetGridAsync(default).Code());

        authorities.Time.Shift = TimeSpan.FromDays(days);
        var refusal = (await client.GetGridAsync(default)).Refusal;
        Assert.Equal(RefusalCode.CallerUnauthenticated, refusal?.Code);
        Assert.Contains(why, refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_TLS_is_refused()
    {
        using var identity = Authorities.Client("old").Open();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Relay.Address.Port);
#pragma warning disable CA5359 // the server's certificate is not what this is about
        using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
#pragma warning disable CA5398 // the version is what this is about
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls12, ClientCertificateContext = identity.Context };
#pragma warning restore CA5398
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(options));
    }
}
