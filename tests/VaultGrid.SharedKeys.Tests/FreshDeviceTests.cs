using System.Security.Cryptography;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>A node that lost its disk, and with it D key and shares, comes back under a fresh device.</summary>
public sealed class FreshDeviceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_device_gets_the_share_of_the_lost_one_once_administrators_approved_it()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Clusters = 1, Nodes = 4 }, null, TimeProvider.System, Cancel);
        var keys = grid.SharedKeys;
        var key = await keys.GenerateAsync(KeyId.Parse("disk"), KeyKind.Taproot, keys.Holders(4, 1), Cancel);
        var node = grid.Nodes[2];
        await node.Process.KillAsync();
        foreach (var file in Directory.GetFiles(node.Store)) File.Delete(file);
        foreach (var folder in Directory.GetDirectories(node.Store)) Directory.Delete(folder, recursive: true);
        await grid.RestartAsync(node.Id, Cancel);
        await grid.CertifyAsync(node.Id, Cancel);
        await grid.SynchroniseAsync(node.Id.Cluster, Cancel);

        // Without the request, or with too few approvals, nobody takes it for the holder.
        Assert.NotEqual("done", (await grid.Client.SharedKeys.RepairAsync(key.Key, node.Id, Cancel)).Is(out var early, out _) ? early.State : "refused");
        var request = await keys.ReplaceDeviceRequestAsync(key, node.Id, Cancel);
        var few = await grid.Requests.ExecuteAsync(request, null, grid.Requests.Approve(request, 1), Cancel);
        Assert.Equal(RefusalCode.ApprovalQuorum, few.Refusal!.Code);
        Assert.NotEqual("held", await StateAsync(grid, key.Key, node.Id));

        var done = await grid.Requests.DoAsync(request, null, 2, Cancel);
        Assert.Equal("held", await StateAsync(grid, key.Key, node.Id));
        if (done.Ceremony is { } ceremony) Assert.Empty((await grid.Client.SharedKeys.GetCeremonyAsync(ceremony, Cancel)).Value.Blamed);

        // Its share is one like the others: it signs with any one of them, and takes part in what comes next.
        await grid.Nodes[0].Process.KillAsync();
        for (var i = 0; i < 8; i++) _ = await keys.SignAsync(key, RandomNumberGenerator.GetBytes(32), Cancel);
        await grid.RestartAsync(grid.Nodes[0].Id, Cancel);
        var refreshed = await keys.RefreshAsync(key, Cancel);
        Assert.Contains(refreshed.Certified.Version.Holders, holder => holder.Node == node.Id && holder.Device != key.Certified.Version.Holders[2].Device);
        Assert.Equal(key.PublicKey.ToArray(), refreshed.PublicKey.ToArray());
        await grid.Nodes[1].Process.KillAsync();
        for (var i = 0; i < 8; i++) _ = await keys.SignAsync(refreshed, RandomNumberGenerator.GetBytes(32), Cancel);
    }

    private static async Task<string> StateAsync(LocalVaultGrid grid, Hash256 key, NodeId node) =>
        (await grid.SharedKeys.StatusAsync(key, Cancel)).Holders.Single(holder => holder.Node == node).State;
}
