using System.Net;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

public sealed class HealthTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    [Fact]
    public async Task Probes_need_no_certificate_on_their_own_port_and_get_nothing_else_there()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => options.HealthPort = 0);
        using var probe = new HttpClient { BaseAddress = relay.HealthAddress };
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);

        using var response = await probe.GetAsync("/v1/grid");
        await Problems.AssertAsync(response, HttpStatusCode.Unauthorized, RefusalCode.CallerUnauthenticated);
    }

    [Fact]
    public async Task Ready_as_long_as_the_grid_answers()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities, options => (options.HealthPort, options.AuthorityRefresh) = (0, TimeSpan.FromMilliseconds(100)));
        using var probe = new HttpClient { BaseAddress = relay.HealthAddress };
        await UntilAsync(probe, HttpStatusCode.OK);

        relay.Grid.Before = (_, _) => Task.FromResult<Refusal?>(new Refusal(RefusalCode.EnclaveDetached, "gone"));
        await UntilAsync(probe, HttpStatusCode.ServiceUnavailable);
        using var response = await probe.GetAsync("/health/ready");
        await Problems.AssertAsync(response, HttpStatusCode.ServiceUnavailable, RefusalCode.EnclaveDetached);

        relay.Grid.Before = (_, _) => Task.FromResult<Refusal?>(null);
        await UntilAsync(probe, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Not_ready_once_its_own_lists_are_overdue()
    {
        using var authorities = new TestAuthorities();
        await using var relay = await TestRelay.StartAsync(authorities, options => (options.HealthPort, options.AuthorityRefresh) = (0, TimeSpan.FromMilliseconds(100)));
        using var probe = new HttpClient { BaseAddress = relay.HealthAddress };
        await UntilAsync(probe, HttpStatusCode.OK);
        authorities.Time.Shift = TimeSpan.FromDays(8);
        await UntilAsync(probe, HttpStatusCode.ServiceUnavailable);
    }

    // A real clock and a real background loop: asked until it is so, half a minute ends it otherwise.
    private static async Task UntilAsync(HttpClient probe, HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await probe.GetAsync("/health/ready", limit.Token)).StatusCode != status) await Task.Yield();
    }
}
