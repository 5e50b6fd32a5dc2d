using System.Diagnostics;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>The log under many callers at a time: batches, the D key's speed, and what an entry costs.</summary>
public sealed class AuditTrailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vg-").FullName;
    private readonly SoftwareAdapter _adapter;
    private readonly GatedKey _key;
    private readonly AuditTrail _trail;

    public AuditTrailTests()
    {
        // A test before this one may have begun a call on this thread.
        AuditTrail.EndCall();
        var file = Path.Combine(_folder, "key");
        File.WriteAllBytes(file, new byte[32]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _adapter = new SoftwareAdapter(KeyFileSecret.Read(file).Value);
        var handle = _adapter.CreateDeviceKey(DeviceKeyAlgorithm.P256);
        _key = new GatedKey(_adapter.OpenDeviceKey(DeviceKeyAlgorithm.P256, handle).Value);
        var identity = new DeviceIdentity(NodeId.Parse("1/1"), DeviceKeyAlgorithm.P256, _key.PublicKey, default, default, _key, handle);
        var state = VaultState.Fresh with { Identity = identity };
        _trail = AuditTrail.Open(Path.Combine(_folder, "audit"), state, new EnclaveClock(TimeProvider.System, DateTimeOffset.UnixEpoch)).Value;
    }

    public void Dispose()
    {
        _key.Gate.Set();
        _trail.Dispose();
        _key.Dispose();
        _adapter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_slow_D_key_makes_batches_longer_and_no_call_wait_for_more_than_two_signatures()
    {
        _key.Gate.Reset();
        var first = _trail.Write(new AuditNote("sign"));
        _key.Entered.Wait(TestContext.Current.CancellationToken);
        var kept = 0;
        for (var i = 0; i < 500; i++) _trail.WhenKept(_trail.Write(new AuditNote("sign")), done => Interlocked.Add(ref kept, done ? 1 : 0));
        Assert.Equal(0ul, _trail.Kept.Number);
        Assert.Equal(0, kept);

        _key.Gate.Set();
        Assert.True(_trail.Wait(first + 500));
        Assert.Equal(2, _key.Signatures);
        SpinWait.SpinUntil(() => Volatile.Read(ref kept) == 500, TimeSpan.FromSeconds(10));
        Assert.Equal(500, kept);
        var chain = new AuditChain(NodeId.Parse("1/1"), _key.PublicKey);
        var batches = _trail.Read(1, int.MaxValue).Value;
        Assert.Equal([1, 500], batches.Select(batch => batch.Entries.Count));
        foreach (var batch in batches) Assert.Null(batch.Follow(chain).Refusal);
    }

    [Fact]
    public void A_call_that_was_expected_and_writes_nothing_holds_up_nobody()
    {
        var first = _trail.Expect();
        var second = _trail.Expect();
        Assert.True(_trail.Wait(_trail.Write(new AuditNote("sign"))));
        first.Dispose();
        second.Dispose();
        Assert.True(_trail.Wait(_trail.Write(new AuditNote("sign"))));
        Assert.Equal(2ul, _trail.Kept.Number);
    }

    [Fact]
    public void Who_comes_alone_behind_a_crowd_is_served_too()
    {
        for (var round = 0; round < 3; round++)
        {
            _key.Gate.Reset();
            for (var i = 0; i < 64; i++) _trail.Write(new AuditNote("sign"));
            _key.Gate.Set();
            Assert.True(_trail.Wait(_trail.Write(new AuditNote("sign"))));
            Assert.True(_trail.Wait(_trail.Write(new AuditNote("sign"))));
        }

        Assert.Equal(198ul, _trail.Kept.Number);
        var chain = new AuditChain(NodeId.Parse("1/1"), _key.PublicKey);
        foreach (var batch in _trail.Read(1, int.MaxValue).Value) Assert.Null(batch.Follow(chain).Refusal);
    }

    [Fact]
    public void A_subject_that_is_too_long_or_hides_something_is_cut_and_marked()
    {
        Assert.Equal(new string('a', 251) + "(cut)", new AuditNote("sign") { Subject = new string('a', 300) }.Subject);
        Assert.Equal("a?b", new AuditNote("sign") { Subject = "a\u202eb" }.Subject);
        Assert.True(_trail.Wait(_trail.Write(new AuditNote("sign") { Subject = string.Concat(Enumerable.Repeat("\U0001F511", 100)) })));
        Assert.Throws<InvalidOperationException>(() => new AuditNote("No Name").Check());
    }

    [Fact]
    public void What_goes_to_peers_waits_for_the_entries_before_its_own_and_no_longer()
    {
        AuditTrail.BeginCall();
        AuditTrail.WaitForThoseBefore();
        Assert.Equal(0ul, AuditTrail.OfThisCall);

        var opening = _trail.Write(new AuditNote("session.open"));
        Assert.True(_trail.Wait(opening));
        _key.Gate.Reset();
        AuditTrail.BeginCall();
        var done = _trail.Write(new AuditNote("session.done"));
        AuditTrail.WaitForThoseBefore();
        Assert.Equal(opening, AuditTrail.OfThisCall);
        var answered = 0;
        _trail.WhenKept(AuditTrail.OfThisCall, kept => answered += kept ? 1 : 0);
        Assert.Equal((1, opening), (answered, _trail.Kept.Number));
        _key.Gate.Set();
        Assert.True(_trail.Wait(done));
    }

    [Fact]
    public void An_entry_that_no_answer_waits_for_comes_to_disk_with_the_next_or_by_itself()
    {
        AuditTrail.BeginCall();
        var first = _trail.Write(new AuditNote("session.open"));
        AuditTrail.WaitForNone(isNeeded: false);
        Assert.Equal(0ul, AuditTrail.OfThisCall);
        _trail.Announce(AuditTrail.EndCall());
        Assert.True(SpinWait.SpinUntil(() => _trail.Kept.Number == first, TimeSpan.FromSeconds(30)));

        AuditTrail.BeginCall();
        _trail.Write(new AuditNote("session.open"));
        AuditTrail.WaitForNone(isNeeded: true);
        _trail.Announce(AuditTrail.EndCall());
        Assert.Equal(first + 1, _trail.Kept.Number);
    }

    [Fact]
    public void What_is_written_ahead_comes_to_disk_while_the_call_goes_on_and_the_answer_waits_for_it()
    {
        AuditTrail.BeginCall();
        _key.Gate.Reset();
        _trail.WriteAhead(new AuditNote("session.request"));
        var request = AuditTrail.OfThisCall;
        _key.Entered.Wait(TestContext.Current.CancellationToken);

        // The batch is on its way: its end is all that the answer waits for.
        _trail.Write(new AuditNote("session.done"));
        AuditTrail.WaitForThoseBefore();
        Assert.Equal(request, AuditTrail.OfThisCall);
        using var answered = new ManualResetEventSlim();
        _trail.WhenKept(AuditTrail.OfThisCall, kept => { if (kept) answered.Set(); });
        Assert.Equal(0ul, _trail.Kept.Number);
        Assert.False(answered.IsSet);
        _key.Gate.Set();
        answered.Wait(TestContext.Current.CancellationToken);
        Assert.True(_trail.Wait(request + 1));
        Assert.Equal([1, 1], _trail.Read(1, int.MaxValue).Value.Select(batch => batch.Entries.Count));
    }

    [Fact]
    public async Task However_calls_come_together_each_is_answered_and_each_entry_comes_to_disk()
    {
        const int Callers = 8, Each = 400;
        var answered = 0;
        void Call(Random random)
        {
            AuditTrail.BeginCall();
            _trail.Write(new AuditNote("sign"));
            if (random.Next(4) == 0) AuditTrail.WaitForThoseBefore();
            else if (random.Next(4) == 0) AuditTrail.WaitForNone(isNeeded: random.Next(2) == 0);
            var entry = AuditTrail.OfThisCall;
            var urgency = AuditTrail.EndCall();
            using var done = new ManualResetEventSlim();
            if (entry == 0) done.Set();
            else _trail.WhenKept(entry, _ => done.Set());
            _trail.Announce(urgency);
            if (done.Wait(TimeSpan.FromSeconds(60))) Interlocked.Increment(ref answered);
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(caller);
                for (var i = 0; i < Each; i++) Call(random);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(Callers * Each, answered);
        Assert.True(SpinWait.SpinUntil(() => _trail.Kept.Number == Callers * Each, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_log_that_cannot_be_written_keeps_back_every_answer()
    {
        // Its folder is a file: nothing can be made in it.
        File.WriteAllText(Path.Combine(_folder, "audit"), "");
        var answered = new List<bool>();
        var entry = _trail.Write(new AuditNote("sign"));
        Assert.False(_trail.Wait(entry));
        _trail.WhenKept(entry, answered.Add);
        Assert.Equal([false], answered);
        Assert.True(_trail.IsBroken);
        Assert.Equal(0ul, _trail.Write(new AuditNote("sign")));
    }

    /// <summary>What an entry costs with 64 callers, and that it doesn't depend on how long the log is. Prints; run it on a quiet machine.</summary>
    [Fact(Explicit = true)]
    public async Task Figures()
    {
        const int Callers = 64;
        foreach (var round in Enumerable.Range(1, 5))
        {
            var (before, wall) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                    _trail.WhenKept(_trail.Write(new AuditNote("sign") { Approvals = [default, default], Subject = "0b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968" }), done.SetResult);
                    await done.Task;
                }
            }));
            var used = Process.GetCurrentProcess().TotalProcessorTime - before;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"round {round}, {_trail.Kept.Number} entries in the log: {Callers * 1000 / wall.Elapsed.TotalSeconds:0} entries/s, {used.TotalMicroseconds / (Callers * 1000):0.0} µs of processor time each");
        }
    }

    private sealed class GatedKey(IDeviceKey key) : IDeviceKey
    {
        public ManualResetEventSlim Gate { get; } = new(true);

        public ManualResetEventSlim Entered { get; } = new();

        public int Signatures { get; private set; }

        public CertificateKey PublicKey => key.PublicKey;

        public byte[] Sign(ReadOnlySpan<byte> statement)
        {
            Entered.Set();
            Gate.Wait();
            Signatures++;
            return key.Sign(statement);
        }

        public void Dispose()
        {
            key.Dispose();
            Gate.Dispose();
            Entered.Dispose();
        }
    }
}
