using System.Runtime.CompilerServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>A store of format 4 with steps beside it: a key that the file has, two that were added, a mark of the audit log (<c>frozen/</c>). Every later version reads both files.</summary>
public sealed class FrozenStepsTests
{
    [Fact]
    public async Task A_store_of_format_4_is_read_with_its_steps()
    {
        var expected = await File.ReadAllTextAsync(Frozen("store-4.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Describe(Frozen("store-4.sealed"), Frozen("steps-4.sealed"), Frozen("store-4.key")));
    }

    /// <summary>Writes the frozen files anew: when a format is added, never to make a test pass.</summary>
    [Fact(Explicit = true)]
    public async Task Freeze()
    {
        await using var grid = await SharedGrid.StartAsync();
        foreach (var kind in (KeyKind[])[KeyKind.Taproot, KeyKind.FrostSecp256k1, KeyKind.Bls])
            await grid.Generate(kind, policy: grid.Policy(kind, $"held-{kind.Name()}")).RunAsync();
        var store = grid.Enclaves.Store("1/1");
        store.Stop();
        File.Copy(store.StoreFile, Source("store-4.sealed"), overwrite: true);

        // Without the zeros behind the last record.
        var steps = await File.ReadAllBytesAsync(StoreFiles.StepsOf(store.StoreFile));
        await File.WriteAllBytesAsync(Source("steps-4.sealed"), steps[..(steps.AsSpan().LastIndexOfAnyExcept((byte)0) + 1)]);
        File.Copy(store.KeyFile, Source("store-4.key"), overwrite: true);
        await File.WriteAllTextAsync(Source("store-4.txt"), Describe(Source("store-4.sealed"), Source("steps-4.sealed"), Source("store-4.key")));
    }

    private static string Describe(string store, string steps, string keyFile)
    {
        var folder = Directory.CreateTempSubdirectory("vg-frozen-");
        try
        {
            var path = Path.Combine(folder.FullName, "store.sealed");
            File.Copy(store, path);
            File.Copy(steps, StoreFiles.StepsOf(path));

            // A copy: checked-out files are readable to others, which a sealing key may not be.
            using var adapter = new SoftwareAdapter(KeyFileSecret.Read(SecretFiles.Write(File.ReadAllBytes(keyFile))).Value);
            var (files, state) = StoreFiles.Open(path, adapter, null).Value;
            files.Dispose();
            List<string> lines = [$"node {state.Node}", $"version {state.Version}", $"part {state.VersionedPart}", $"audit {state.Audit.Number}"];
            foreach (var key in state.Keys.All)
            {
                lines.Add($"key {key.Birth.KeyId} {key.Birth.Kind.Name()} {key.Hash}: {key.Shared!.State} {key.Shared.VersionHash}");
                key.Close();
            }

            return string.Join('\n', [.. lines, ""]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Frozen(string name) => Path.Combine(AppContext.BaseDirectory, "frozen", name);

    private static string Source(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "frozen", name);
}
