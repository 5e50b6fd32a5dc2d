using System.Runtime.CompilerServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>A store that version 0.1 wrote (<c>frozen/</c>): every later version reads it, and finds in it what was put there.</summary>
public sealed class FrozenStoreTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_store_of_format_1_is_read_as_it_was_written()
    {
        using var store = new TestStore(new ManualTime(Time));
        Thaw(store);
        var status = await new TestNode(new TestGrid(Time), NodeId.Parse("1/1"), new CorePort(store.TryStart().Value)).StatusAsync();
        Assert.Equal(await File.ReadAllTextAsync(Frozen("store-1.txt"), TestContext.Current.CancellationToken), Describe(status));
    }

    [Fact]
    public void Its_versioned_part_has_one_encoding()
    {
        using var store = new TestStore();
        Thaw(store);
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(store.KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(File.ReadAllBytes(store.StoreFile), adapter).Value;
        using (sealing) Assert.Equal(state.VersionedPart, VersionedPart.Hash(state));
    }

    [Fact]
    public void Its_head_is_laid_out_as_documented()
    {
        var file = File.ReadAllBytes(Frozen("store-1.sealed"));
        Assert.Equal("VGVAULT\0"u8.ToArray(), file[..8]);
        Assert.Equal([0, 0, 0, 1], file[8..12]);
        var header = StoreHeader.Read(file, out var size).Value;
        Assert.Equal(("software", 1), (header.Adapter, header.Parameters.Length));
        Assert.Equal(file.Length - size, (int)header.SealedLength);
        Assert.Equal(header.ToBytes(), file[..size]);
    }

    /// <summary>Writes the frozen files anew: when a format is added, never to make a test pass.</summary>
    [Fact(Explicit = true)]
    public async Task Freeze()
    {
        var time = new ManualTime(Time);
        var grid = new TestGrid(Time.AddDays(-1)) { Now = Time };
        using var store = new TestStore(time);
        var node = store.Start(grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var (key, policy) = await node.CreateKeyAsync();
        var second = grid.KeyPolicy(after: policy);
        await node.AskAsync(grid.Approved(grid.ChangePolicy(key, policy, second), second.ToUtf8()));
        var admins = TestGrid.Policy(KeyId.Provisioning, 1, grid.Admins, grid.AdminPolicy);
        await node.AskAsync(grid.Approved(grid.ChangeAdmins(grid.AdminPolicy, admins), admins.ToUtf8()));
        await File.WriteAllTextAsync(Source("store-1.txt"), Describe(await node.StatusAsync()));
        store.Stop();
        File.Copy(store.StoreFile, Source("store-1.sealed"), overwrite: true);
        File.Copy(store.KeyFile, Source("store-1.key"), overwrite: true);
    }

    private static string Describe(EnclaveStatus status) => string.Join(
        '\n',
        [
            $"phase {status.Phase}", $"node {status.Node}", $"version {status.StoreVersion}", $"part {status.VersionedPart}", $"device {status.DeviceKey}",
            $"admins {status.AdminsNumber} {status.Admins}", $"membership {status.MembershipNumber} {status.Membership}",
            .. status.RevocationLists.Select(list => $"list {list.Issuer} {list.Number}"),
            .. status.Keys.Select(key => $"key {key.KeyId} {key.Key} {key.Fingerprint} {key.PolicyNumber} {key.Policy}"), "",
        ]);

    private static void Thaw(TestStore store)
    {
        Directory.CreateDirectory(store.StoreFolder);
        File.Copy(Frozen("store-1.sealed"), store.StoreFile);
        File.Copy(Frozen("store-1.key"), store.KeyFile, overwrite: true);
        File.SetUnixFileMode(store.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string Frozen(string name) => Path.Combine(AppContext.BaseDirectory, "frozen", name);

    private static string Source(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "frozen", name);
}
