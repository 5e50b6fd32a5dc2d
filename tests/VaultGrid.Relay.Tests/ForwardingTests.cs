using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>External relay → internal relay → grid.</summary>
public sealed class ForwardingTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    [Fact]
    public async Task A_call_goes_through_two_relays_with_its_caller_s_name()
    {
        await using var edge = await TestRelay.StartAsync(fixture.Authorities, upstream: fixture.Relay.Address, name: "edge");
        fixture.Relay.Grid.Calls.Clear();

        var answer = await edge.Connect(fixture.Authorities.Client("backend")).ApproveAsync(Filled.Of<RequestId>(), Filled.Of<RequestApproval>(), default).Value();

        Same.Assert(Filled.Of<RequestStatus>(), answer);
        var call = Assert.Single(fixture.Relay.Grid.Calls);
        Assert.Equal(("vaultgrid://client/backend", "vaultgrid://relay/edge"), (call.Caller.Identity.Uri, call.Caller.Relay?.Uri));
        Same.Assert(new object?[] { Filled.Of<RequestId>(), Filled.Of<RequestApproval>() }, call.Arguments);
    }

    [Fact]
    public async Task A_refusal_comes_back_through_both()
    {
        await using var inner = await TestRelay.StartAsync(fixture.Authorities);
        await using var edge = await TestRelay.StartAsync(fixture.Authorities, upstream: inner.Address, name: "edge");
        var refusal = new Refusal(RefusalCode.ApprovalQuorum, "two of three are needed");
        inner.Grid.Before = (_, _) => Task.FromResult<Refusal?>(refusal);
        Assert.Equal(refusal, (await edge.Connect(fixture.Authorities.Client("backend")).ExecuteAsync(Filled.Of<RequestId>(), default)).Refusal);
    }

    [Fact]
    public async Task An_upstream_that_is_gone_is_said_so()
    {
        var inner = await TestRelay.StartAsync(fixture.Authorities);
        await using var edge = await TestRelay.StartAsync(fixture.Authorities, upstream: inner.Address, name: "edge");
        await inner.DisposeAsync();
        Assert.Equal(RefusalCode.GridUnavailable, await edge.Connect(fixture.Authorities.Client("backend")).GetGridAsync(default).Code());
    }

    [Fact]
    public async Task Relays_that_forward_in_a_circle_stop()
    {
        // A port that was free a moment ago: the circle needs to know its own address before it starts.
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        var port = ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var circle = await TestRelay.StartAsync(
            fixture.Authorities, options => options.Port = port, upstream: new Uri($"https://localhost:{port}"), name: "circle");

        var refusal = (await circle.Connect(fixture.Authorities.Client("backend")).GetGridAsync(default)).Refusal;
        Assert.Equal(RefusalCode.CallerRefused, refusal?.Code);
        Assert.Contains("circle", refusal!.Detail, StringComparison.Ordinal);
    }
}
