using System.Text.Json;
using VaultGrid.Cli.Tests.Scripts;
using VaultGrid.Crypto;
using VaultGrid.LocalGrid;
using VaultGrid.Model;

namespace VaultGrid.Cli.Tests.Commands;

/// <summary>Nodes that lost their disks, on a grid of their own: a fresh device with the others' help, and a backup where too few others are left.</summary>
public sealed class HsmLossTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_device_gets_the_share_and_a_backup_serves_where_too_few_are_left()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Nodes = 3 }, null, TimeProvider.System, Cancel);
        var files = Directory.CreateTempSubdirectory("vg-loss-").FullName;
        await RunAsync(grid, files, "vaultgrid hsm keygen vault --scheme ed25519 --holders 1/1,1/2,1/3 --faulty 1 --quorum 2 --admin \"$C/admin-1.pem\" --admin \"$C/admin-2.pem\" --admin \"$C/admin-3.pem\" --permit \"$C/client.pem\" --purpose vault --out vault.json");
        await ApproveAsync(grid, files, "vault");
        var publicKey = (await JsonAsync(grid, files, "vaultgrid hsm getpk vault")).GetProperty("publicKey").GetString()!;

        // The third node's disk is lost; its fresh device is approved by its certificate, and the other two repair its share.
        await LoseAsync(grid, 3);
        await RunAsync(grid, files, "vaultgrid hsm replace vault --node 1/3 --purpose 'the disk of 1/3 was lost' --out replace.json");
        await ApproveAsync(grid, files, "replace");
        await RunAsync(grid, files, "vaultgrid hsm keys vault");
        Assert.Equal("held", await StateAsync(grid, files, 3));
        await RunAsync(grid, files, "vaultgrid hsm refresh vault --purpose 'the new device is one of the holders' --out refresh.json");
        await ApproveAsync(grid, files, "refresh");

        Assert.True(Hash256.TryParse((await JsonAsync(grid, files, "vaultgrid hsm keys vault")).GetProperty("key").GetString()!, out var hash));
        var key = await grid.SharedKeys.VerifyAsync(hash, Cancel);
        Assert.Equal(publicKey, Hex.Encode(key.PublicKey.Span));

        // A backup of every share; then two of three nodes are gone, and one of them comes back with a fresh device.
        var backup = await JsonAsync(grid, files, "vaultgrid hsm backup vault --admin \"$C/admin-1.pem\" --admin \"$C/admin-2.pem\" --admin \"$C/admin-3.pem\" --out backups");
        Assert.Equal(3, backup.GetProperty("backups").GetArrayLength());
        await LoseAsync(grid, 3);
        await grid.Nodes[1].Process.KillAsync();
        Assert.Equal(1, (await TryAsync(grid, files, "vaultgrid hsm replace vault --node 1/3 --purpose 'lost again' --out no.json")).ExitCode);
        await RunAsync(grid, files, "vaultgrid hsm replace vault --node 1/3 --backup backups/vault-v2-share-1.backup --purpose 'lost again' --out again.json");
        await ApproveAsync(grid, files, "again", isDone: false);
        Assert.Equal("missing", await StateAsync(grid, files, 3));
        Assert.NotEqual(0, (await TryAsync(grid, files, "vaultgrid hsm sign vault --message hello")).ExitCode);

        foreach (var admin in (int[])[1, 3])
            await RunAsync(grid, files, $"vaultgrid hsm open backups/vault-v2-share-3.backup --admin-cert \"$C/admin-{admin}.pem\" --admin-key \"$C/admin-{admin}.key\" --admin-passphrase-file \"$C/passphrase\" --out {admin}.piece");
        Assert.Equal(2, (await TryAsync(grid, files, "vaultgrid hsm restore backups/vault-v2-share-3.backup --piece 1.piece --purpose 'one piece' --out no.json")).ExitCode);
        Assert.Equal(2, (await TryAsync(grid, files, "vaultgrid hsm restore backups/vault-v2-share-1.backup --piece 1.piece --piece 3.piece --purpose 'another backup' --out no.json")).ExitCode);
        await RunAsync(grid, files, "vaultgrid hsm restore backups/vault-v2-share-3.backup --piece 1.piece --piece 3.piece --purpose 'two nodes are gone' --out restore.json");
        await ApproveAsync(grid, files, "restore");
        Assert.Equal("held", await StateAsync(grid, files, 3));

        // Two of three sign, one of them with what was restored.
        var signed = await grid.SharedKeys.SignAsync(key, "hello"u8.ToArray(), Cancel);
        Assert.Equal(["1/1", "1/3"], signed.Signers.Select(signer => signer.ToString()).Order());
        await RunAsync(grid, files, $"vaultgrid hsm valsign --scheme ed25519 --public-key {publicKey} --message hello --signature {Hex.Encode(signed.Signature.Span)}");
        Directory.Delete(files, recursive: true);
    }

    private static async Task LoseAsync(LocalVaultGrid grid, uint index)
    {
        var node = grid.Node(new NodeId(new ClusterId(1), index));
        await node.Process.KillAsync();
        foreach (var file in Directory.GetFiles(node.Store)) File.Delete(file);
        foreach (var folder in Directory.GetDirectories(node.Store)) Directory.Delete(folder, recursive: true);
        await grid.RestartAsync(node.Id, Cancel);
        await grid.CertifyAsync(node.Id, Cancel);
        await grid.SynchroniseAsync(node.Id.Cluster, Cancel);
    }

    private static async Task ApproveAsync(LocalVaultGrid grid, string files, string request, bool isDone = true)
    {
        foreach (var admin in (int[])[1, 2])
            await RunAsync(grid, files, $"vaultgrid approve {request}.json --admin-cert \"$C/admin-{admin}.pem\" --admin-key \"$C/admin-{admin}.key\" --admin-passphrase-file \"$C/passphrase\" --out {request}-{admin}.approval --yes");
        var run = await TryAsync(grid, files, $"vaultgrid request execute {request}.json --approval {request}-1.approval --approval {request}-2.approval");
        Assert.True(run.ExitCode == 0 == isDone, $"{request}: exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
    }

    private static async Task<string?> StateAsync(LocalVaultGrid grid, string files, int share) =>
        (await JsonAsync(grid, files, "vaultgrid hsm keys vault")).GetProperty("holders")[share - 1].GetProperty("state").GetString();

    private static async Task<JsonElement> JsonAsync(LocalVaultGrid grid, string files, string command)
    {
        var run = await RunAsync(grid, files, command + " --json");
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    private static async Task<CommandRun> RunAsync(LocalVaultGrid grid, string files, string command)
    {
        var run = await TryAsync(grid, files, command);
        Assert.True(run.ExitCode == 0, $"$ {command}\nexit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        return run;
    }

    private static Task<CommandRun> TryAsync(LocalVaultGrid grid, string files, string command) => CommandRun.OfAsync(files, command, GridEnvironment.Of(grid));
}
