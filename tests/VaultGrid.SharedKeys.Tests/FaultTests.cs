using System.Security.Cryptography;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>Nodes die, come back, lose what they had; f of them at any time.</summary>
public sealed class FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_f_nodes_dead_keys_are_made_and_used_and_who_comes_back_gets_its_share()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Clusters = 1, Nodes = 4 }, null, TimeProvider.System, Cancel);
        var keys = grid.SharedKeys;
        var before = await keys.GenerateAsync(KeyId.Parse("before"), KeyKind.Taproot, keys.Holders(4, 1), Cancel);
        var dead = grid.Nodes[^1];
        await dead.Process.KillAsync();

        for (var i = 0; i < 20; i++) _ = await keys.SignAsync(before, RandomNumberGenerator.GetBytes(32), Cancel);
        var refreshed = await keys.RefreshAsync(before, Cancel);
        var during = await keys.GenerateAsync(KeyId.Parse("during"), KeyKind.Bls, keys.Holders(4, 1), Cancel);
        _ = await keys.SignAsync(during, "with one dead"u8.ToArray(), Cancel);

        await grid.RestartAsync(dead.Id, Cancel);
        await RepairedAsync(grid, refreshed.Key, dead.Id);
        await RepairedAsync(grid, during.Key, dead.Id);
        await grid.Nodes[0].Process.KillAsync();
        for (var i = 0; i < 8; i++) _ = await keys.SignAsync(refreshed, RandomNumberGenerator.GetBytes(32), Cancel);
    }

    [Fact]
    public async Task Keys_survive_the_silo_and_every_node()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Clusters = 1, Nodes = 4 }, null, TimeProvider.System, Cancel);
        var keys = grid.SharedKeys;
        var key = await keys.GenerateAsync(KeyId.Parse("survivor"), KeyKind.Ed25519, keys.Holders(4, 1), Cancel);
        await grid.Silo.KillAsync();
        foreach (var node in grid.Nodes) await node.Process.KillAsync();
        foreach (var node in grid.Nodes) await grid.RestartAsync(node.Id, Cancel);
        await grid.StartSiloAsync(Cancel);
        _ = await keys.SignAsync(await keys.VerifyAsync(key.Key, Cancel), "after all"u8.ToArray(), Cancel);
    }

    // Asked for until it is there: the grid tends to it by itself, and an explicit wish changes nothing.
    private static async Task RepairedAsync(LocalVaultGrid grid, Hash256 key, NodeId node)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var status = await grid.SharedKeys.StatusAsync(key, Cancel);
            if (status.Holders.Single(holder => holder.Node == node).State == "held") return;
            _ = await grid.Client.SharedKeys.RepairAsync(key, node, Cancel);
        }

        Assert.Fail($"node {node} did not get its share back");
    }
}
