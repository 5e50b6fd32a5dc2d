namespace VaultGrid.Enclave.Tests;

/// <summary>The log's files in hostile hands and after crashes: what is found, with its place, and what is mended.</summary>
public sealed class AuditFileTests : IAsyncLifetime
{
    private readonly TestStore _store = new();
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));
    private TestNode _node = null!;
    private PerformCall _signing = null!;

    private string LogFile => AuditFiles.Of(_store).Single();

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        await _node.JoinClusterAsync(TestGrid.Membership([1]));
        var (key, policy) = await _node.CreateKeyAsync();
        _signing = _grid.Approved(_grid.Sign(key, policy));
        for (var i = 0; i < 6; i++) await _node.AskAsync(_signing);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_changed_byte_is_found_wherever_it_stands()
    {
        _store.Stop();
        var whole = File.ReadAllBytes(LogFile);
        foreach (var (at, length) in AuditFiles.Batches(whole))
        {
            foreach (var place in new[] { at + AuditFrame.Prefix, at + (length / 2), at + length - 1 })
            {
                var changed = whole.ToArray();
                changed[place] ^= 1;
                File.WriteAllBytes(LogFile, changed);
                Refused(RefusalCode.AuditTampered, "");
            }
        }

        File.WriteAllBytes(LogFile, whole);
        Assert.True(_store.TryStart().Is(out _, out _));
    }

    [Fact]
    public void A_batch_that_was_dropped_doubled_or_moved_is_found_and_named()
    {
        _store.Stop();
        var whole = File.ReadAllBytes(LogFile);
        AuditFiles.Arrange(LogFile, batches => batches.Where((_, index) => index != 5));
        Refused(RefusalCode.AuditTampered, "entry 7: entries 6 to 6 are missing before it");
        File.WriteAllBytes(LogFile, whole);
        AuditFiles.Arrange(LogFile, batches => [.. batches[..5], .. batches[4..]]);
        Refused(RefusalCode.AuditTampered, "entry 5: it stands behind entry 5");
        File.WriteAllBytes(LogFile, whole);
        AuditFiles.Arrange(LogFile, batches => [.. batches[..5], batches[6], batches[5], .. batches[7..]]);
        Refused(RefusalCode.AuditTampered, "entry 7: entries 6 to 6 are missing before it");
    }

    [Fact]
    public void A_log_that_ends_before_what_the_store_knows_is_refused()
    {
        _store.Stop();
        var whole = File.ReadAllBytes(LogFile);
        AuditFiles.Arrange(LogFile, batches => batches[..^1]);
        Refused(RefusalCode.AuditTruncated, "the sealed store knows entry 11, but its last entry is 10");
        File.WriteAllBytes(LogFile, whole[..^1]);
        Refused(RefusalCode.AuditTampered, "entry 11");
        File.Delete(LogFile);
        Refused(RefusalCode.AuditTruncated, "its last entry is 0");
    }

    [Fact]
    public async Task Half_a_batch_at_the_very_end_is_what_a_crash_leaves_and_is_cut_off()
    {
        var (store, log, last) = Crashed();
        var ahead = log[last.At..(last.At + last.Length)];
        File.WriteAllBytes(_store.StoreFile, store);
        File.WriteAllBytes(LogFile, [.. log, .. ahead[..^7]]);
        _node = _store.Start(_grid);
        Assert.Equal("node.start", (await AuditFiles.ReadAsync(_node))[^1].Action);

        // Sectors that never came to the disk are zero.
        (store, log, _) = Crashed();
        File.WriteAllBytes(_store.StoreFile, store);
        File.WriteAllBytes(LogFile, [.. log, .. new byte[4096]]);
        _node = _store.Start(_grid);
        await _node.AskAsync(_signing);
        Assert.Equal("sign", (await AuditFiles.ReadAsync(_node))[^1].Action);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_of_which_a_sector_is_missing_is_what_a_crash_leaves_and_is_cut_off(bool isFirst)
    {
        var (store, log, torn) = Torn(isFirst);
        await File.WriteAllBytesAsync(_store.StoreFile, store, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(LogFile, [.. torn, .. new byte[100_000]], TestContext.Current.CancellationToken);
        _node = _store.Start(_grid);
        Assert.Equal("node.start", (await AuditFiles.ReadAsync(_node))[^1].Action);
        _store.Stop();
        Assert.Equal(log, (await File.ReadAllBytesAsync(LogFile, TestContext.Current.CancellationToken))[..log.Length]);
    }

    [Fact]
    public void A_batch_of_which_a_sector_is_missing_with_something_behind_it_was_changed()
    {
        var (store, _, torn) = Torn(isFirst: false);
        File.WriteAllBytes(_store.StoreFile, store);
        File.WriteAllBytes(LogFile, [.. torn, .. new byte[1000], 1]);
        Refused(RefusalCode.AuditTampered, "");
    }

    [Fact]
    public async Task A_file_that_was_open_ends_in_zeros_and_is_gone_on_with()
    {
        var open = await File.ReadAllBytesAsync(LogFile, TestContext.Current.CancellationToken);
        var (store, log, _) = Crashed();
        Assert.True(open.Length > log.Length);
        await File.WriteAllBytesAsync(_store.StoreFile, store, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(LogFile, open, TestContext.Current.CancellationToken);
        _node = _store.Start(_grid);
        await _node.AskAsync(_signing);
        Assert.Equal(open.Length, new FileInfo(LogFile).Length);
        var entries = await AuditFiles.ReadAsync(_node);
        Assert.Equal(["node.start", "sign"], entries.TakeLast(2).Select(entry => entry.Action));
        _store.Stop();
        Assert.True(new FileInfo(LogFile).Length < open.Length);
    }

    [Fact]
    public async Task What_was_answered_before_a_kill_is_in_the_log_after_it()
    {
        await _node.AskAsync(_signing);
        var before = (await AuditFiles.ReadAsync(_node)).Count;
        var (store, log, _) = Crashed();
        File.WriteAllBytes(_store.StoreFile, store);
        File.WriteAllBytes(LogFile, log);
        _node = _store.Start(_grid);
        Assert.Equal(before + 1, (await AuditFiles.ReadAsync(_node)).Count);
    }

    [Fact]
    public async Task A_change_of_the_store_is_told_of_even_if_the_log_did_not_get_so_far()
    {
        var log = await File.ReadAllBytesAsync(LogFile, TestContext.Current.CancellationToken);
        await _node.CreateKeyAsync("second");
        var store = await File.ReadAllBytesAsync(_store.StoreFile, TestContext.Current.CancellationToken);
        _store.Stop();
        await File.WriteAllBytesAsync(_store.StoreFile, store, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(LogFile, log, TestContext.Current.CancellationToken);
        _node = _store.Start(_grid);
        var entries = await AuditFiles.ReadAsync(_node);
        Assert.Equal(["create-key", "node.start"], entries.TakeLast(2).Select(entry => entry.Action));
        Assert.Equal(5ul, entries[^2].Step);

        _store.Stop();
        _node = _store.Start(_grid);
        Assert.Equal(2, (await AuditFiles.ReadAsync(_node)).Count(entry => entry.Action == "create-key"));
    }

    [Fact]
    public async Task A_log_goes_on_in_further_files_and_older_ones_may_be_moved_away()
    {
        _store.Stop();
        _store.SegmentBytes = 1500;
        _node = _store.Start(_grid);
        for (var i = 0; i < 20; i++) await _node.AskAsync(_signing);
        var files = AuditFiles.Of(_store);
        Assert.True(files.Count > 4, $"{files.Count} files");
        Assert.Equal(32, (await AuditFiles.ReadAsync(_node)).Count);

        _store.Stop();
        File.Delete(files[0]);
        _node = _store.Start(_grid);
        var gone = await _node.TryAsync(new AuditEntriesCall(1));
        Assert.Equal(RefusalCode.AuditUnknown, gone.Refusal?.Code);
        Assert.Equal(34ul, (await _node.AskAsync(new AuditEntriesCall(30))).Last);

        _store.Stop();
        File.Delete(AuditFiles.Of(_store)[^1]);
        Refused(RefusalCode.AuditTruncated, "");
    }

    // The store and the log as they were a moment before the enclave stopped.
    private (byte[] Store, byte[] Log, (int At, int Length) Last) Crashed()
    {
        var (store, log) = (File.ReadAllBytes(_store.StoreFile), File.ReadAllBytes(LogFile));
        _store.Stop();
        var last = AuditFiles.Batches(log)[^1];
        return (store, log[..(last.At + last.Length)], last);
    }

    // The batch that an enclave was writing when it was killed, over the border of two sectors, one of which did not come to the disk.
    private (byte[] Store, byte[] Log, byte[] Torn) Torn(bool isFirst)
    {
        const int Sector = 512;
        while (true)
        {
            var (store, log, _) = Crashed();
            var whole = File.ReadAllBytes(LogFile);
            var end = log.Length + AuditFiles.Batches(whole).Single(batch => batch.At == log.Length).Length;
            var border = (end - 1) / Sector * Sector;
            if (border > log.Length)
            {
                var first = ((log.Length / Sector) + 1) * Sector;
                whole.AsSpan(isFirst ? log.Length..first : border..end).Clear();
                return (store, log, whole[..end]);
            }

            _node = _store.Start(_grid);
        }
    }

    private void Refused(RefusalCode code, string place)
    {
        var outcome = _store.TryStart();
        if (outcome.Is(out _, out var refusal)) _store.Stop();
        Assert.True(refusal?.Code == code, $"expected {code.Name()}, got {refusal?.ToString() ?? "an enclave"}");
        Assert.Contains(place, refusal!.Detail, StringComparison.Ordinal);
    }
}
