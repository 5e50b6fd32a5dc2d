using System.Globalization;
using VaultGrid.Operations.Tests.Faults;

namespace VaultGrid.Operations.Tests.Silos;

/// <summary>
/// Silos that are killed, added and replaced under load. On Orleans there are three over PostgreSQL, each with one node's enclave; the embedded engine has one,
/// with all of them. VAULTGRID_NEXT names the build output of another version, which silos and relay then become (eng/silos).
/// </summary>
public sealed class SiloTests(ITestOutputHelper output)
{
    private const string NextVariable = "VAULTGRID_NEXT";
    private const int Callers = 8;
    private const int UsualAnswers = 100;

    private static readonly ClusterId Cluster = new(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Answers => int.TryParse(
        Environment.GetEnvironmentVariable("VAULTGRID_SILO_ANSWERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var answers) ? answers : UsualAnswers;

    [Fact]
    public async Task Silos_are_killed_added_and_replaced_under_load_and_nothing_acknowledged_is_lost()
    {
        var options = new LocalGridOptions { Silos = LocalVaultGrid.HasSeveralSilos ? 3 : 1, StepTimeout = TimeSpan.FromMinutes(2) };
        await using var grid = await LocalVaultGrid.BringUpAsync(options, KeyId.Parse("treasury"), TimeProvider.System, Token);
        var key = (await grid.Client.GetKeyAsync(Cluster, KeyId.Parse("treasury"), Token)).Value;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = new SteadyLoad(grid, key, Callers);
        var running = load.RunAsync(stop.Token);
        try
        {
            await DisturbAsync(grid, async what => output.WriteLine((await load.ServedAsync(what, Answers, running, Token)).ToString()));
        }
        finally
        {
            await stop.CancelAsync();
        }

        await running;
        await CheckAsync(grid, load);
    }

    [Fact]
    public async Task More_silos_than_there_can_be_are_refused_in_one_sentence()
    {
        var wanted = LocalVaultGrid.HasSeveralSilos ? 10 : 2;
        var refused = Assert.Throws<LocalGridException>(() => LocalVaultGrid.Prepare(new LocalGridOptions { Silos = wanted }, TimeProvider.System));
        Assert.Contains(LocalVaultGrid.HasSeveralSilos ? "1 to 9 silos" : "several silos need Orleans", refused.Message, StringComparison.Ordinal);
        if (LocalVaultGrid.HasSeveralSilos) return;
        await using var grid = LocalVaultGrid.Prepare(new LocalGridOptions(), TimeProvider.System);
        await Assert.ThrowsAsync<LocalGridException>(() => grid.AddSiloAsync(Token));
    }

    private static async Task DisturbAsync(LocalVaultGrid grid, Func<string, Task> tellAsync)
    {
        await tellAsync("nothing");
        foreach (var (silo, node) in grid.Silos.Zip(grid.Nodes).ToList())
        {
            await silo.KillAsync();
            if (grid.Silos.Count > 1)
            {
                // The others serve on, with the other enclaves.
                await tellAsync($"{silo.Name} killed");
                await PhaseAsync(grid, node.Id, "detached");
            }

            await grid.StartSiloAsync(silo, Token);
            await PhaseAsync(grid, node.Id, "member");
            await tellAsync($"{silo.Name} back");
        }

        if (LocalVaultGrid.HasSeveralSilos)
        {
            var added = await grid.AddSiloAsync(Token);
            await tellAsync($"{added.Name} added");
        }

        var next = Environment.GetEnvironmentVariable(NextVariable);
        foreach (var silo in grid.Silos)
        {
            await ReplaceAsync(silo, LocalProgram.Silo, next);
            await grid.StartSiloAsync(silo, Token);
            await tellAsync($"{silo.Name} replaced");
        }

        if (grid.Relay == grid.Silo) return;
        await ReplaceAsync(grid.Relay, LocalProgram.Relay, next);
        await grid.StartSiloAsync(Token);
        await tellAsync("relay replaced");
    }

    private static async Task ReplaceAsync(LocalProcess process, string program, string? next)
    {
        Assert.True(await process.StopAsync(Grace), $"{process.Name} did not stop within {Grace.TotalSeconds} s:\n{process.Tail()}");
        if (next is not null) process.Become(LocalProgram.In(next, program));
    }

    // What was answered is there, the same, and in an enclave's audit log.
    private async Task CheckAsync(LocalVaultGrid grid, SteadyLoad load)
    {
        var audit = new AuditFollower(grid);
        await audit.ReadOnAsync(Token);
        foreach (var (id, (request, signature)) in load.Acknowledged)
        {
            var now = (await grid.Client.GetRequestAsync(id, Token)).Value;
            Assert.Equal("done", now.State);
            Assert.Equal(signature, now.Signature!.Signature.ToArray());
            Assert.True(audit.Done.Contains(request), $"no enclave's audit log knows of {id}, which was acknowledged");
        }

        output.WriteLine($"{load.Acknowledged.Count} signatures acknowledged, none lost; {audit.Entries} audit entries followed");
    }

    // While the silo that keeps the cluster's state is gone, for some moments nobody can say.
    private static async Task PhaseAsync(LocalVaultGrid grid, NodeId node, string phase)
    {
        using var client = grid.NewClient(retries: 0);
        string? last = null;
        for (var attempt = 0; attempt < 240; attempt++)
        {
            var outcome = await client.GetNodeAsync(node, Token);
            Assert.True(outcome.Refusal?.Code.IsRetriable() ?? true, $"node {node}: {outcome.Refusal}");
            last = outcome.Is(out var status, out var refusal) ? status.Phase : refusal.Code.Name();
            if (last == phase) return;
            await Task.Delay(TimeSpan.FromMilliseconds(250), Token);
        }

        Assert.Fail($"node {node} should be {phase} and is {last}");
    }
}
