namespace VaultGrid.Enclave.Tests;

/// <summary>New keys are kept as steps beside the store: they count once they are whole, beside the file that they were written for, and stand nowhere once the store is written as a whole.</summary>
public sealed class StoreStepsTests : IAsyncLifetime
{
    private const string Node = "1/1";
    private const int Epoch = Hash256.Length;

    private SharedGrid _grid = null!;

    private TestStore Store => _grid.Enclaves.Store(Node);

    private string Steps => StoreFiles.StepsOf(Store.StoreFile);

    public async ValueTask InitializeAsync() => _grid = await SharedGrid.StartAsync();

    public async ValueTask DisposeAsync() => await _grid.DisposeAsync();

    [Fact]
    public async Task A_new_key_leaves_the_file_of_the_others_as_it_is_and_is_there_after_a_restart()
    {
        var keys = new List<Hash256> { await GenerateAsync("first") };
        var file = await ReadAsync(Store.StoreFile);
        Assert.Equal(StoreFormat.Steps, StoreHeader.Read(file, out _).Value.Format);
        foreach (var name in (string[])["second", "third"]) keys.Add(await GenerateAsync(name));
        Assert.Equal(file, await ReadAsync(Store.StoreFile));
        Assert.True(LengthOf(await ReadAsync(Steps)) > 0);

        var before = await _grid[Node].StatusAsync();
        Restart();
        var after = await _grid[Node].StatusAsync();
        Assert.Equal((before.StoreVersion, before.VersionedPart), (after.StoreVersion, after.VersionedPart));
        foreach (var key in keys) Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, key)).State);

        // And on from there: the next is the step after the last.
        keys.Add(await GenerateAsync("fourth"));
        Restart();
        foreach (var key in keys) Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, key)).State);
    }

    [Fact]
    public async Task What_changes_without_a_step_is_kept_beside_steps_too()
    {
        var (_, key) = await TwoStepsAsync();
        var (file, steps) = (await ReadAsync(Store.StoreFile), LengthOf(await ReadAsync(Steps)));

        // The mark of the audit log, at a stop.
        Restart();
        Assert.True(LengthOf(await ReadAsync(Steps)) > steps);
        Assert.Equal(file, await ReadAsync(Store.StoreFile));
        Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, key)).State);
    }

    [Fact]
    public async Task A_step_that_was_not_whole_counts_as_not_written_and_those_before_it_do()
    {
        var (second, third) = await TwoStepsAsync();
        var bytes = await ReadAsync(Steps);
        var (start, end) = LastOf(bytes);
        Store.Stop();

        // The last step's end never came to disk: from the next sector on there are zeros.
        bytes.AsSpan(((start / 512) + 1) * 512, end - (((start / 512) + 1) * 512)).Clear();
        await WriteAsync(bytes);
        Restart();
        Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, second)).State);
        Assert.Equal(RefusalCode.KeyUnknown, (await _grid[Node].TryAsync(new DescribeShareCall(third))).Refusal!.Code);

        var next = await GenerateAsync("after");
        Restart();
        Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, next)).State);
        Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, second)).State);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_step_that_was_changed_is_refused(bool isLast)
    {
        await TwoStepsAsync();
        Store.Stop();
        var bytes = await ReadAsync(Steps);
        var at = isLast ? LastOf(bytes).End - 1 : Epoch + 40;
        bytes[at] ^= 1;
        await WriteAsync(bytes);
        Assert.Equal(RefusalCode.StoreTampered, Store.TryStart().Refusal!.Code);
    }

    [Fact]
    public async Task Steps_count_for_nothing_beside_another_store()
    {
        await GenerateAsync("first");
        var key = await GenerateAsync("second");
        Store.Guard = new FileVersionGuard(Path.Combine(Store.Root, "guard-of-steps"));
        Restart();
        var older = (Store: await ReadAsync(Store.StoreFile), Steps: await ReadAsync(Steps));
        await GenerateAsync("third");
        await RefreshAsync(key);
        Store.Stop();

        // The older store beside newer steps, the newer store beside older steps, both older: all are older than what the guard has seen, or as if there were no steps.
        var newer = await ReadAsync(Store.StoreFile);
        await File.WriteAllBytesAsync(Store.StoreFile, older.Store, TestContext.Current.CancellationToken);
        Restart();
        Assert.Equal(EnclavePhase.Held, (await _grid[Node].StatusAsync()).Phase);
        Store.Stop();
        await File.WriteAllBytesAsync(Store.StoreFile, older.Store, TestContext.Current.CancellationToken);
        await WriteAsync(older.Steps);
        Restart();
        Assert.Equal(EnclavePhase.Held, (await _grid[Node].StatusAsync()).Phase);
        Store.Stop();
        await File.WriteAllBytesAsync(Store.StoreFile, newer, TestContext.Current.CancellationToken);
        await WriteAsync(older.Steps);
        Restart();
        Assert.Equal(EnclavePhase.Member, (await _grid[Node].StatusAsync()).Phase);
    }

    [Fact]
    public async Task Steps_that_are_rolled_back_alone_are_noticed()
    {
        await GenerateAsync("first");
        Store.Guard = new FileVersionGuard(Path.Combine(Store.Root, "guard-of-steps"));
        Restart();
        await GenerateAsync("second");
        var older = await ReadAsync(Steps);
        await GenerateAsync("third");
        await GenerateAsync("fourth");
        Store.Stop();
        await WriteAsync(older);
        Restart();
        Assert.Equal(EnclavePhase.Held, (await _grid[Node].StatusAsync()).Phase);
    }

    [Fact]
    public async Task An_older_share_stands_in_no_file_once_another_is_in_force()
    {
        var (second, _) = await TwoStepsAsync();
        Assert.True(LengthOf(await ReadAsync(Steps)) > 0);
        await RefreshAsync(second);
        Assert.Equal(0, LengthOf(await ReadAsync(Steps)));
        Restart();
        Assert.Equal(2u, (await _grid.ShareAsync(Node, second)).Certified.Version.Number);
    }

    [Fact]
    public async Task A_kill_while_a_step_is_kept_leaves_it_or_leaves_it_not()
    {
        await GenerateAsync("first");
        foreach (var moment in Enum.GetValues<SaveStep>())
        {
            _grid.Enclaves.Restart(Node, step =>
            {
                if (step == moment) throw new IOException("the power fails");
            });
            var ceremony = Ceremony($"killed-{moment}");
            await ceremony.RunAsync();
            Assert.DoesNotContain(Node, ceremony.Done);
            Restart();
            await ceremony.RecoverAsync();
            await ceremony.CarryAsync();
            Assert.Equal(ShareState.Held, (await _grid.ShareAsync(Node, ceremony.Key)).State);
        }
    }

    private async Task<(Hash256 Second, Hash256 Third)> TwoStepsAsync()
    {
        await GenerateAsync("first");
        return (await GenerateAsync("second"), await GenerateAsync("third"));
    }

    private TestCeremony Ceremony(string name) => _grid.Generate(KeyKind.FrostSecp256k1, policy: _grid.Policy(KeyKind.FrostSecp256k1, name.ToLowerInvariant()));

    private async Task<Hash256> GenerateAsync(string name) => (await Ceremony(name).RunAsync()).Key;

    private async Task RefreshAsync(Hash256 key)
    {
        var current = (await _grid.ShareAsync(Node, key)).Certified;
        await _grid.Refresh(current, _grid.RefreshRequest(current)).RunAsync();
    }

    private void Restart() => _grid.Enclaves.Restart(Node, null);

    // Where the last record begins and ends: each has its length before it.
    private static (int Start, int End) LastOf(byte[] bytes)
    {
        var (start, at) = (0, Epoch);
        while (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)) is > 0 and var length) (start, at) = (at, at + sizeof(uint) + length);
        return (start, at);
    }

    private static int LengthOf(byte[] bytes) => bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private Task WriteAsync(byte[] steps) => File.WriteAllBytesAsync(Steps, steps, TestContext.Current.CancellationToken);
}
