using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Many at once: who trickles, who floods, who only connects; and somebody honest beside them.</summary>
public sealed class FloodTests(RelayFixture fixture, ITestOutputHelper output) : IClassFixture<RelayFixture>
{
    private const int Tricklers = 120;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_many_connections_trickle_an_honest_caller_is_served_and_each_of_them_is_cut_off()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options =>
            (options.Limits.HeadersTimeout, options.Limits.BodyTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)));
        var slow = await Task.WhenAll(Enumerable.Range(0, Tricklers).Select(_ => OpenAsync(relay)));
        for (var i = 0; i < slow.Length; i++)
        {
            await slow[i].WriteAsync(Encoding.ASCII.GetBytes(i % 2 == 0
                ? "GET /v1/grid HTTP/1.1\r\nHost: local"
                : "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"), Token);
        }

        var honest = relay.Connect(fixture.Authorities.Client("honest"));
        for (var i = 0; i < 50; i++) Assert.Null(await honest.GetClusterAsync(new ClusterId(1), Token).Code());

        var ends = await Task.WhenAll(slow.Select(ReadToEndAsync));
        Assert.All(ends, text => Assert.Matches("^(HTTP/1.1 408 |$)", text));
        Assert.All(relay.Grid.Calls, call => Assert.Equal("honest", call.Caller.Identity.Name));
        foreach (var connection in slow) await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_flood_is_answered_429_with_a_time_to_come_back_and_the_admitted_go_on_as_before()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options =>
            (options.Limits.BurstPerCaller, options.Limits.RequestsPerSecondPerCaller, options.Limits.ConcurrentRequestsPerCaller) = (200, 20, 8));
        var honest = relay.Connect(fixture.Authorities.Client("honest"));
        var idle = await MedianAsync(honest);

        using var greedy = relay.Raw(fixture.Authorities.Client("greedy"));
        using var enough = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 24).Select(_ => FloodAsync(greedy, enough.Token)).ToArray();
        var flooded = await MedianAsync(honest);
        await enough.CancelAsync();
        var answers = (await Task.WhenAll(flood)).SelectMany(each => each).ToList();

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{answer.Status}"));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.True(answer.RetryAfter >= TimeSpan.FromSeconds(1)));
        output.WriteLine($"an honest call takes {idle.TotalMilliseconds:0.00} ms alone, {flooded.TotalMilliseconds:0.00} ms beside {answers.Count} of a flood, {refused.Count} of them refused");
    }

    [Fact]
    public async Task More_connections_than_there_may_be_are_closed_and_a_free_place_is_given_again()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.Limits.Connections = 3);
        var open = new List<SslStream>();
        for (var i = 0; i < 3; i++) open.Add(await OpenAsync(relay));
        await Assert.ThrowsAnyAsync<IOException>(() => OpenAsync(relay));

        await open[0].DisposeAsync();
        SslStream? again = null;
        while (again is null)
        {
            Token.ThrowIfCancellationRequested();
            try
            {
                again = await OpenAsync(relay);
            }
            catch (IOException)
            {
                // The relay has not yet seen that the first one is gone.
            }
        }

        await again.DisposeAsync();
        foreach (var connection in open.Skip(1)) await connection.DisposeAsync();
    }

    private static async Task<List<(HttpStatusCode Status, TimeSpan? RetryAfter)>> FloodAsync(HttpClient caller, CancellationToken enough)
    {
        var answers = new List<(HttpStatusCode, TimeSpan?)>();
        while (!enough.IsCancellationRequested)
        {
            using var response = await caller.GetAsync("/v1/clusters/1", Token);
            answers.Add((response.StatusCode, response.Headers.RetryAfter?.Delta));
        }

        return answers;
    }

    private static async Task<TimeSpan> MedianAsync(VaultGridClient honest)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < 60; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Null(await honest.GetClusterAsync(new ClusterId(1), Token).Code());
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        return times.Order().ElementAt(times.Count / 2);
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

    private static async Task<string> ReadToEndAsync(SslStream connection)
    {
        try
        {
            using var reader = new StreamReader(connection, Encoding.ASCII, leaveOpen: true);
            return await reader.ReadToEndAsync(Token);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
