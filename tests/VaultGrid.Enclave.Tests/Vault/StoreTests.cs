namespace VaultGrid.Enclave.Tests;

/// <summary>A store that was changed, cut or isn't ours: the enclave says which, and never starts.</summary>
public sealed class StoreTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestStore _store;
    private readonly TestGrid _grid;
    private byte[] _good = [];

    public StoreTests()
    {
        _store = new TestStore(_time);
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
    }

    public async ValueTask InitializeAsync()
    {
        var node = _store.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        await node.CreateKeyAsync();
        _store.Stop();
        _good = File.ReadAllBytes(_store.StoreFile);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_store_with_any_byte_changed_is_refused_as_tampered()
    {
        for (var i = 0; i < _good.Length; i += i < 200 ? 1 : 37)
        {
            var changed = _good.ToArray();
            changed[i] ^= (byte)(1 << (i % 8));
            var refusal = Start(changed);

            // A length in the head that reaches past the file looks cut; everything else is told as what it is.
            Assert.True(refusal is RefusalCode.StoreTampered || (i is >= 12 and < 16 && refusal == RefusalCode.StoreTruncated), $"byte {i}: {refusal}");
        }

        Assert.Null(Start(_good));
    }

    [Fact]
    public void A_store_that_is_cut_anywhere_is_refused_as_truncated()
    {
        for (var length = 0; length < _good.Length; length += length < 200 ? 1 : 53) Assert.Equal(RefusalCode.StoreTruncated, Start(_good[..length]));
        Assert.Equal(RefusalCode.StoreTruncated, Start(_good[..^1]));
    }

    [Fact]
    public void Bytes_after_the_end_are_refused_as_tampered() => Assert.Equal(RefusalCode.StoreTampered, Start([.. _good, 0]));

    [Fact]
    public void Another_sealing_key_is_refused_as_sealed()
    {
        _store.KeyFile = SecretFiles.Write(new byte[32]);
        Assert.Equal(RefusalCode.StoreSealed, Start(_good));
    }

    [Fact]
    public void A_newer_format_is_refused_by_its_number()
    {
        var newer = _good.ToArray();
        newer[11] = (byte)(StoreFormat.Newest + 1);
        var head = 16 + newer[15] + (newer[14] << 8);
        Hash256.Sha256(newer.AsSpan(0, head)).CopyTo(newer.AsSpan(head));
        Assert.Equal(RefusalCode.StoreVersion, Start(newer));
    }

    [Fact]
    public void A_second_process_does_not_get_the_store()
    {
        using var held = StoreDirectory.Take(_store.StoreFolder).Value;
        Assert.Equal(RefusalCode.EnclaveBusy, StoreDirectory.Take(_store.StoreFolder).Refusal?.Code);
    }

    [Fact]
    public void The_files_are_open_to_their_owner_alone()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.StoreFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_store.StoreFolder));
    }

    [Fact]
    public async Task A_write_that_fails_stops_the_enclave_and_what_was_answered_stays()
    {
        var node = _store.Start(_grid);
        var before = await node.StatusAsync();
        _store.Stop();
        _store.Probe = step => throw new IOException($"no space at {step}");
        node = _store.Start(_grid);

        var policy = _grid.KeyPolicy("second");
        var call = _grid.Approved(_grid.CreateKey(policy), policy.ToUtf8());
        Assert.Equal(RefusalCode.EnclaveFault, (await node.TryAsync(call)).Refusal?.Code);
        Assert.Equal(RefusalCode.EnclaveFault, (await node.TryAsync(new StatusCall())).Refusal?.Code);
        Assert.True(_store.Core!.IsBroken);

        _store.Stop();
        _store.Probe = null;
        Statuses.Same(before, await _store.Start(_grid).StatusAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_answer_that_was_lost_is_given_again(int stopAt)
    {
        _store.Probe = step =>
        {
            if ((int)step == stopAt) throw new IOException("the power fails");
        };
        var node = _store.Start(_grid);
        var policy = _grid.KeyPolicy("second");
        var call = _grid.Approved(_grid.CreateKey(policy), policy.ToUtf8());
        Assert.Equal(RefusalCode.EnclaveFault, (await node.TryAsync(call)).Refusal?.Code);

        _store.Stop();
        _store.Probe = null;
        node = _store.Start(_grid);
        var renamed = stopAt == (int)SaveStep.Renamed;
        Assert.Equal(renamed ? 2 : 1, (await node.StatusAsync()).Keys.Count);
        Assert.IsType<Performed.KeyCreated>(await node.AskAsync(call));
        Assert.Equal(2, (await node.StatusAsync()).Keys.Count);
    }

    private RefusalCode? Start(byte[] file)
    {
        File.WriteAllBytes(_store.StoreFile, file);
        var outcome = _store.TryStart();
        _store.Stop();
        return outcome.Refusal?.Code;
    }
}
