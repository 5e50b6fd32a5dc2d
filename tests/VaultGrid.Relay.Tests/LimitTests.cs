using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Too much, too fast, too slow.</summary>
public sealed class LimitTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    [Fact]
    public async Task Beyond_a_caller_s_share_429_and_what_was_admitted_is_answered()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.Limits.ConcurrentRequestsPerCaller = 4);
        var (arrived, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        relay.Grid.Before = async (call, _) =>
        {
            if (call.Caller.Identity.Name != "greedy") return null;
            arrived.Release();
            await release.Task;
            return null;
        };
        using var greedy = relay.Raw(fixture.Authorities.Client("greedy"));

        var admitted = Enumerable.Range(0, 4).Select(_ => greedy.GetAsync("/v1/clusters/1")).ToArray();
        for (var i = 0; i < admitted.Length; i++) await arrived.WaitAsync(TestContext.Current.CancellationToken);

        var turnedAway = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => greedy.GetAsync("/v1/clusters/1")));
        Assert.All(turnedAway, response => Assert.NotNull(response.Headers.RetryAfter?.Delta));
        foreach (var response in turnedAway) await Problems.AssertAsync(response, HttpStatusCode.TooManyRequests, RefusalCode.CallerRate);
        Assert.Null(await relay.Connect(fixture.Authorities.Client("modest")).GetClusterAsync(new ClusterId(1), default).Code());

        release.SetResult();
        Assert.All(await Task.WhenAll(admitted), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await greedy.GetAsync("/v1/clusters/1")).StatusCode);
    }

    [Fact]
    public async Task A_burst_is_paid_back_by_waiting()
    {
        await using var relay = await TestRelay.StartAsync(
            fixture.Authorities, options => (options.Limits.BurstPerCaller, options.Limits.RequestsPerSecondPerCaller) = (5, 1));
        using var hasty = relay.Raw(fixture.Authorities.Client("hasty"));

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++) responses.Add(await hasty.GetAsync("/v1/grid"));

        Assert.All(responses.Take(5), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        await Problems.AssertAsync(responses.First(response => response.StatusCode != HttpStatusCode.OK), HttpStatusCode.TooManyRequests, RefusalCode.CallerRate);
    }

    [Fact]
    public async Task The_SDK_waits_as_it_is_told_and_gets_through()
    {
        await using var relay = await TestRelay.StartAsync(
            fixture.Authorities, options => (options.Limits.BurstPerCaller, options.Limits.RequestsPerSecondPerCaller) = (3, 1));
        var client = relay.Connect(fixture.Authorities.Client("patient"), retries: 5);
        for (var i = 0; i < 4; i++) Assert.Null(await client.GetGridAsync(default).Code());
    }

    [Fact]
    public async Task More_than_all_callers_together_may_is_an_overload()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.Limits.ConcurrentRequests = 1);
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        relay.Grid.Before = async (call, _) =>
        {
            if (call.Caller.Identity.Role == CertificateRole.Relay) return null;
            arrived.TrySetResult();
            await release.Task;
            return null;
        };
        var first = relay.Connect(fixture.Authorities.Client("first")).GetGridAsync(default);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(RefusalCode.GridOverloaded, await relay.Connect(fixture.Authorities.Client("second")).GetGridAsync(default).Code());

        release.SetResult();
        Assert.Null(await first.Code());
    }

    [Fact]
    public async Task A_grid_that_takes_too_long_is_not_waited_for()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.Limits.RequestTimeout = TimeSpan.FromMilliseconds(300));
        relay.Grid.Before = async (call, cancel) =>
        {
            if (call.Caller.Identity.Role == CertificateRole.Client) await Task.Delay(Timeout.Infinite, cancel);
            return null;
        };
        using var http = relay.Raw(fixture.Authorities.Client("waiting"));
        using var response = await http.GetAsync("/v1/clusters/1");
        await Problems.AssertAsync(response, HttpStatusCode.ServiceUnavailable, RefusalCode.GridUnavailable);
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_off()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.Limits.BodyTimeout = TimeSpan.FromMilliseconds(400));
        await using var connection = await OpenAsync(relay);
        await connection.WriteAsync("POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 408 ", await ReadHeadAsync(connection), StringComparison.Ordinal);
        Assert.Empty(relay.Grid.Calls);
    }

    [Fact]
    public async Task Headers_that_trickle_are_cut_off()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.Limits.HeadersTimeout = TimeSpan.FromMilliseconds(400));
        await using var connection = await OpenAsync(relay);
        await connection.WriteAsync("GET /v1/grid HTTP/1.1\r\nHost: local"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 408 ", await ReadHeadAsync(connection), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v1/grid HTTP/1.1\r\n\r\n")]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /v1/clusters/1%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /v1/grid HTTP/9.9\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")]
    public async Task What_is_not_HTTP_is_refused_and_the_relay_goes_on(string text)
    {
        await using var connection = await OpenAsync(fixture.Relay);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(text));
        Assert.Matches("^(HTTP/1.1 (400|505) |$)", await ReadHeadAsync(connection));
        Assert.Null(await fixture.Relay.Connect(fixture.Authorities.Client("after")).GetGridAsync(default).Code());
    }

    private async Task<SslStream> OpenAsync(TestRelay relay)
    {
        var identity = fixture.Authorities.Client("socket").Open();
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, relay.Address.Port);
#pragma warning disable CA5359 // the server's certificate is not what this is about
        var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", ClientCertificateContext = identity.Context });
        return tls;
    }

    private static async Task<string> ReadHeadAsync(SslStream connection)
    {
        var buffer = new byte[4096];
        var count = await connection.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }
}
