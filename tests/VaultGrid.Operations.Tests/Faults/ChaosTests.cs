using System.Diagnostics;
using System.Globalization;

namespace VaultGrid.Operations.Tests.Faults;

/// <summary>
/// kill -9 of an enclave, of the silo, of several, of everything, at moments that nobody chose, under load. `make chaos ROUNDS=500` does it for long;
/// VAULTGRID_CHAOS_SEED repeats a run's order of faults.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int UsualRounds = 20;
    private const int MostAnswersBeforeAFault = 60;

    private static readonly ClusterId Cluster = new(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_killed_nothing_acknowledged_is_lost_and_callers_can_try_again()
    {
        var rounds = Setting("VAULTGRID_CHAOS_ROUNDS") ?? UsualRounds;
        var seed = Setting("VAULTGRID_CHAOS_SEED") ?? Environment.TickCount;
        output.WriteLine($"seed {seed}, {rounds} rounds");
#pragma warning disable CA5394 // reproducible faults, not a secret
        var random = new Random(seed);
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions(), KeyId.Parse("treasury"), TimeProvider.System, Token);
        var ledger = KeyId.Parse("ledger");
        _ = await grid.CreateKeyAsync(Cluster, grid.DefaultPolicy(ledger), Token);
        var treasury = (await grid.Client.GetKeyAsync(Cluster, KeyId.Parse("treasury"), Token)).Value;
        var acknowledged = new Acknowledged();
        var isChecked = new HashSet<RequestId>();
        var audit = new AuditFollower(grid);
        var load = new ChaosLoad(grid, treasury, ledger, acknowledged);

        var (kills, started) = (0, Stopwatch.GetTimestamp());
        for (var round = 0; round < rounds; round++)
        {
            var victims = Victims(grid, random.Next(6), random.Next(grid.Nodes.Count));
            var before = acknowledged.Count;
            var running = load.RunAsync();
            var moment = acknowledged.UntilAsync(before + 1 + random.Next(MostAnswersBeforeAFault), Token);
            await await Task.WhenAny(moment, running.ContinueWith(_ => { }, TaskScheduler.Default));
            await Task.WhenAll(victims.Select(victim => victim.KillAsync()));

            // An enclave that is gone is passed over, so the load goes on; with the silo gone everybody is cut off.
            if (!victims.Contains(grid.Silo)) await grid.Silo.KillAsync();
            kills += victims.Union([grid.Silo]).Count();
            await running;

            await Task.WhenAll(grid.Nodes.Select(node => grid.RestartAsync(node.Id, Token)));
            await grid.StartSiloAsync(Token);
            await CheckAsync(grid, acknowledged, audit, isChecked);
            await load.RepeatAsync();
        }
#pragma warning restore CA5394

        await CheckAsync(grid, acknowledged, audit, []);
        output.WriteLine($"{kills} kills in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {acknowledged.Requests.Count} requests, {acknowledged.Keys.Count} keys, policy {acknowledged.Policies.GetValueOrDefault(ledger)}, {audit.Entries} audit entries; none lost");
        Assert.True(acknowledged.Requests.Count >= rounds, "the load did nothing");
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static List<LocalProcess> Victims(LocalVaultGrid grid, int kind, int node) => kind switch
    {
        0 or 1 => [grid.Nodes[node].Process],
        2 => [grid.Silo],
        3 => [grid.Silo, grid.Nodes[node].Process],
        4 => [.. grid.Nodes.Select(each => each.Process)],
        _ => [grid.Silo, .. grid.Nodes.Select(each => each.Process)],
    };

    // What was seen done after a fault is not asked for again after each of the next ones, but once more at the end.
    private static async Task CheckAsync(LocalVaultGrid grid, Acknowledged acknowledged, AuditFollower audit, HashSet<RequestId> isChecked)
    {
        _ = await grid.SynchroniseAsync(Cluster, Token);
        await audit.ReadOnAsync(Token);
        foreach (var (id, (request, _, known)) in acknowledged.Requests)
        {
            if (known is null || isChecked.Contains(id)) continue;
            if (known.State == "done") isChecked.Add(id);
            var now = (await grid.Client.GetRequestAsync(id, Token)).Value;
            Assert.True(now.Approvals >= known.Approvals, $"{id} had {known.Approvals} approvals and has {now.Approvals}");
            if (known.State != "done") continue;
            Assert.Equal("done", now.State);
            Assert.True(audit.Done.Contains(request.Hash), $"no enclave's audit log knows of {id}, which was acknowledged");
            if (known.Signature is { } signature) Assert.Equal(signature.Signature.ToArray(), now.Signature!.Signature.ToArray());
        }

        foreach (var (key, hash) in acknowledged.Keys)
        {
            var now = (await grid.Client.GetKeyAsync(Cluster, key, Token)).Value;
            Assert.Equal(hash, now.Key);
            Assert.Equal(grid.Nodes.Count, now.Holders.Count);
        }

        foreach (var (key, number) in acknowledged.Policies)
        {
            var now = KeyPolicy.Parse((await grid.Client.GetKeyAsync(Cluster, key, Token)).Value.PolicyDocument.Span).Value;
            Assert.True(now.Number >= number, $"'{key}' had policy {number} and has {now.Number}");
        }
    }
}
