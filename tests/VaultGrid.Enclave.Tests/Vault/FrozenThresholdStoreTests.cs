using System.Runtime.CompilerServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>A store of format 2, with a part of a threshold key, a wrap key and an alarm (<c>frozen/</c>): every later version reads it.</summary>
public sealed class FrozenThresholdStoreTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_store_of_format_2_is_read_as_it_was_written()
    {
        using var store = new TestStore(new ManualTime(Time));
        Directory.CreateDirectory(store.StoreFolder);
        File.Copy(Frozen("store-2.sealed"), store.StoreFile);
        File.Copy(Frozen("store-2.key"), store.KeyFile, overwrite: true);
        File.SetUnixFileMode(store.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(2u, StoreHeader.Read(File.ReadAllBytes(store.StoreFile), out _).Value.Format);

        var expected = await File.ReadAllTextAsync(Frozen("store-2.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Describe(File.ReadAllBytes(store.StoreFile), store.KeyFile));
        var status = await new TestNode(new TestGrid(Time), NodeId.Parse("1/1"), new CorePort(store.TryStart().Value)).StatusAsync();
        Assert.Equal(KeyKind.ThresholdEcdsa, Assert.Single(status.Keys).Kind);
    }

    /// <summary>Writes the frozen files anew: when a format is added, never to make a test pass.</summary>
    [Fact(Explicit = true)]
    public async Task Freeze()
    {
        await using var grid = new ThresholdGrid(clusters: 2);
        await grid.StartAsync();
        await grid.DealAsync(threshold: 2);
        await grid.First(1).AskAsync(new WrapKeyCall(KeyId.Parse("next")));
        grid.Store("1/1").Stop();

        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(grid.Store("1/1").KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(await File.ReadAllBytesAsync(grid.Store("1/1").StoreFile), adapter).Value;
        using (sealing)
        {
            var alarmed = state with { Alarms = state.Alarms.Raise(state.Keys.All.Single().Hash, [NodeId.Parse("2/1")]) };
            var bytes = sealing.Seal(alarmed, VersionedPart.Write(alarmed)).ToArray();
            await File.WriteAllBytesAsync(Source("store-2.sealed"), bytes);
            await File.WriteAllTextAsync(Source("store-2.txt"), Describe(bytes, grid.Store("1/1").KeyFile));
        }

        File.Copy(grid.Store("1/1").KeyFile, Source("store-2.key"), overwrite: true);
    }

    private static string Describe(byte[] store, string keyFile)
    {
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(keyFile).Value);
        var (sealing, state) = StoreSealing.Open(store, adapter).Value;
        sealing.Dispose();
        var key = state.Keys.All.Single();
        key.Close();
        return string.Join(
            '\n', $"phase {state.Phase}", $"node {state.Node}", $"version {state.Version}", $"part {state.VersionedPart}",
            $"key {key.Birth.KeyId} {key.Birth.Kind.Name()} {key.Hash} {key.Birth.Fingerprint}", $"deal {key.Threshold!.Statement.Hash}",
            $"wrap key {state.WrapKeys.Single().Statement.KeyId} {state.WrapKeys.Single().Statement.Hash()}",
            $"alarms about 2/1: {state.Alarms.Of(key.Hash, [NodeId.Parse("2/1")])}", "");
    }

    private static string Frozen(string name) => Path.Combine(AppContext.BaseDirectory, "frozen", name);

    private static string Source(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "frozen", name);
}
