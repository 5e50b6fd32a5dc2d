using System.Runtime.CompilerServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>A store of format 3 with shares of keys that nobody has: held in version 1 and 2, missing, released by a resharing, deleted (<c>frozen/</c>). Every later version reads it.</summary>
public sealed class FrozenSharesStoreTests
{
    [Fact]
    public async Task A_section_of_shares_is_read_as_it_was_written()
    {
        var expected = await File.ReadAllTextAsync(Frozen("store-3-shares.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Describe(File.ReadAllBytes(Frozen("store-3-shares.sealed")), Frozen("store-3-shares.key")));
    }

    /// <summary>Writes the frozen files anew: when a format is added, never to make a test pass.</summary>
    [Fact(Explicit = true)]
    public async Task Freeze()
    {
        await using var grid = await SharedGrid.StartAsync(clusters: 2, nodesPerCluster: 3);
        string[] four = ["1/1", "1/2", "2/1", "2/2"];
        foreach (var kind in (KeyKind[])[KeyKind.FrostSecp256k1, KeyKind.Taproot, KeyKind.Ed25519, KeyKind.Bls, KeyKind.Dise])
            await grid.Generate(kind, policy: grid.Policy(kind, $"held-{kind.Name()}"), nodes: four).RunAsync();
        var refreshed = await grid.Generate(KeyKind.Taproot, policy: grid.Policy(KeyKind.Taproot, "refreshed"), nodes: four).RunAsync();
        await grid.Refresh(refreshed.Certified, grid.RefreshRequest(refreshed.Certified)).RunAsync();

        var missed = await grid.Generate(KeyKind.Ed25519, policy: grid.Policy(KeyKind.Ed25519, "missing"), nodes: four).RunAsync();
        var without = grid.Refresh(missed.Certified, grid.RefreshRequest(missed.Certified));
        without.Silent.Add("1/1");
        await without.RunAsync();
        await grid["1/1"].AskAsync(new LearnVersionCall(without.Certified, null, default, []));

        var moved = await grid.Generate(KeyKind.Bls, policy: grid.Policy(KeyKind.Bls, "released"), nodes: four).RunAsync();
        var away = await grid.Reshare(moved.Certified, moved.Routes.Evidence!, ["1/2", "1/3", "2/1", "2/2"], 1).RunAsync();
        var opening = await away.OpeningAsync();
        await grid["1/1"].AskAsync(new LearnVersionCall(away.Certified, null, opening.Request, opening.Approvals));

        var policy = grid.Policy(KeyKind.FrostSecp256k1, "deleted");
        var gone = await grid.Generate(KeyKind.FrostSecp256k1, policy: policy, nodes: four).RunAsync();
        await grid["1/1"].AskAsync(grid.Grid.Approved(grid.Ask([new ClusterId(1), new ClusterId(2)], (id, cluster, several) => new DeleteKeyRequest
        {
            Key = gone.Key, Replaces = policy.Hash(), Id = id, Cluster = cluster, Clusters = several,
            Policy = grid.Grid.AdminPolicy.Hash(), Revocations = 1, Expires = grid.Grid.In(TimeSpan.FromHours(1)), Purpose = "not needed any more",
        })));

        var store = grid.Enclaves.Store("1/1");
        store.Stop();
        var bytes = await File.ReadAllBytesAsync(store.StoreFile);
        await File.WriteAllBytesAsync(Source("store-3-shares.sealed"), bytes);
        await File.WriteAllTextAsync(Source("store-3-shares.txt"), Describe(bytes, store.KeyFile));
        File.Copy(store.KeyFile, Source("store-3-shares.key"), overwrite: true);
    }

    private static string Describe(byte[] store, string keyFile)
    {
        // A copy: checked-out files are readable to others, which a sealing key may not be.
        var own = SecretFiles.Write(File.ReadAllBytes(keyFile));
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(own).Value);
        var (sealing, state) = StoreSealing.Open(store, adapter).Value;
        sealing.Dispose();
        var lines = new List<string> { $"node {state.Node}", $"part {state.VersionedPart}" };
        foreach (var key in state.Keys.All.OrderBy(key => key.Birth.KeyId.ToString(), StringComparer.Ordinal))
        {
            var part = key.Shared!;
            lines.Add($"key {key.Birth.KeyId} {key.Birth.Kind.Name()} {key.Hash} version {part.Number} {part.VersionHash}: share {part.Share} {part.State} of {part.Holders.Length}, {part.Certified.Votes.Count} votes, {part.Records.Length} records, {UseOf(part)}");
            key.Close();
        }

        return string.Join('\n', [.. lines, ""]);
    }

    private static string UseOf(SharedPart part)
    {
        if (part.Secret is not { } secret || !secret.TryTake(out var lease)) return "no share";
        using (lease) return lease.Value.Share.Key.Equals(part.Key) && lease.Value.Share.Index.Value == part.Share ? "with its share" : "with another share";
    }

    private static string Frozen(string name) => Path.Combine(AppContext.BaseDirectory, "frozen", name);

    private static string Source(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "frozen", name);
}
