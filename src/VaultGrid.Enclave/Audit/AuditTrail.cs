namespace VaultGrid.Enclave;

/// <summary>
/// The enclave's audit log (protocols §9). <see cref="Write"/> numbers and chains an entry at once; a thread of its own signs and writes what has gathered, one signature and one
/// fsync for all of it, and only then the answers of those calls leave; who came alone does it without that thread. While the D key signs or the disk writes, the next batch gathers: a slow
/// D key makes batches longer, not calls fewer. A batch also waits a moment for calls that have come and will write (<see cref="Expect"/>), and behind a long batch for callers who come again: so that many share one
/// signature and one fsync. A few callers never wait for each other.
/// </summary>
internal sealed partial class AuditTrail : IDisposable
{
    private const int BatchBytes = 512 * 1024;

    // Where so many came together, half as many are waited for again.
    private const int Crowd = 4;

    // How long a batch waits for expected entries: the time of some ten calls, and little beside a disk that is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    // How long an entry that no answer waits for may lie until the next batch takes it along.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static ulong _ofThisCall;

    [ThreadStatic]
    private static bool _isCall;

    [ThreadStatic]
    private static Urgency _urgency;

    private readonly object _gate = new();
    private readonly AuditFolder _folder;
    private readonly EnclaveClock _clock;
    private readonly List<(ulong Number, Action<bool> Done)> _waiting = [];
    private readonly Queue<byte[]> _queue = new();
    private IDeviceKey? _key;
    private NodeId _node;
    private AuditFile? _file;
    private Thread? _writer;
    private ulong _last;
    private Hash256 _lastHash;
    private DateTimeOffset _lastTime;
    private ulong _kept;
    private ulong _leaving;
    private Hash256 _keptHash;
    private volatile bool _broken;
    private bool _stopping;
    private int _expected;
    private int _wanted = 1;
    private volatile bool _gathering;
    private bool _writing;
    private bool _hurry;
    private bool _ticking;
    private int _sleepers;

    // How many waited for the batch before: entries that nobody waits for foretell nobody who comes again.
    private int _before;

    private AuditTrail(AuditFolder folder, EnclaveClock clock, ulong steps) => (_folder, _clock, Steps) = (folder, clock, steps);

    /// <summary>The last change of the store that an entry tells of.</summary>
    public ulong Steps { get; private set; }

    /// <summary>True after the log could not be written: nothing is answered until a restart has read it.</summary>
    public bool IsBroken => _broken;

    /// <summary>The last entry that is on disk: its number and hash.</summary>
    public (ulong Number, Hash256 Hash) Kept
    {
        get
        {
            lock (_gate) return (_kept, _keptHash);
        }
    }

    /// <summary>The entry that this thread wrote last since it was asked to forget: what the answer to its call has to wait for; 0 for none.</summary>
    public static ulong OfThisCall => _ofThisCall;

    /// <summary>Opens the log that belongs to a state, and writes what the store's last change had left to say. <c>audit.truncated</c>, <c>audit.tampered</c>.</summary>
    /// <param name="path">The folder of the log.</param>
    /// <param name="state">The store's state.</param>
    /// <param name="clock">The enclave's clock.</param>
    /// <param name="segmentBytes">How long a file of the log gets before the next is begun.</param>
    public static Outcome<AuditTrail> Open(string path, VaultState state, EnclaveClock clock, long segmentBytes = AuditFile.UsualLength)
    {
        var trail = new AuditTrail(new AuditFolder(path, segmentBytes), clock, state.Audit.Steps);
        if (state.Identity is not { } identity) return trail;
        if (!trail.Begin(identity, state.Audit).Is(out var found, out var refusal)) return refusal;
        trail.Steps = Math.Max(trail.Steps, found.LastStep);
        if (found.LastStep >= state.Audit.Steps || state.Audit.Pending is not { } pending || identity.Key is null) return trail;
        trail.Wait(trail.Write(pending, state.Audit.Steps));
        return trail;
    }

    /// <summary>The answer to the call under way on this thread waits for the entries before its own; its own goes with the next batch, or in a moment.</summary>
    public static void WaitForThoseBefore()
    {
        if (_ofThisCall > 0) _ofThisCall--;
        if (_urgency == Urgency.Now) _urgency = Urgency.Soon;
    }

    /// <summary>The answer to the call under way on this thread waits for no entry.</summary>
    /// <param name="isNeeded">True where another call is about to come that waits for it: then it is written at once.</param>
    public static void WaitForNone(bool isNeeded)
    {
        _ofThisCall = 0;
        if (!isNeeded && _urgency == Urgency.Now) _urgency = Urgency.Soon;
    }

    /// <summary>A call begins on this thread: until <see cref="EndCall"/> what it writes gathers, and wakes nobody.</summary>
    public static void BeginCall() => (_ofThisCall, _urgency, _isCall) = (0, Urgency.None, true);

    /// <summary>The call on this thread has been decided.</summary>
    /// <returns>When what it wrote has to come to disk: for <see cref="Announce"/>, once the answer has left or waits.</returns>
    public static Urgency EndCall()
    {
        var urgency = _urgency;
        (_urgency, _isCall) = (Urgency.None, false);
        return urgency;
    }

    /// <summary>Takes on the identity that provisioning made: entries are written from now on.</summary>
    public void Begin(DeviceIdentity identity)
    {
        if (!Begin(identity, AuditMark.None).Is(out _, out var refusal)) throw new IOException(refusal.Detail);
    }

    /// <summary>
    /// Writes an entry: it has its place at once, and the answer to the call under way on this thread leaves only when it is on disk. Before provisioning, and once the D key
    /// is destroyed, nothing is written.
    /// </summary>
    /// <param name="note">What it says.</param>
    /// <param name="step">For changes of the store, which the vault notes itself: which one; else 0.</param>
    /// <returns>The entry's number; 0 where nothing is written.</returns>
    public ulong Write(AuditNote note, ulong step = 0)
    {
        lock (_gate)
        {
            if (_key is null || _broken || _stopping) return 0;
            var time = _clock.NowInSeconds;
            if (time < _lastTime) time = _lastTime;
            var entry = new AuditEntry
            {
                Node = _node, Number = _last + 1, Previous = _lastHash, Time = time, Step = step, Action = note.Action, Outcome = note.Outcome,
                Key = note.Key, Request = note.Request, Approvals = note.Approvals, Subject = note.Subject,
            };
            if (entry.Fault() is { } fault) throw new InvalidOperationException($"An audit entry can't be written: {fault}.");
            var bytes = entry.ToBytes();
            (_last, _lastHash, _lastTime) = (entry.Number, AuditEntry.HashOf(bytes), time);
            Steps = Math.Max(Steps, step);
            _queue.Enqueue(bytes);
            if (_isCall) _urgency = Urgency.Now;
            else WakeNeedsLock();
            return _ofThisCall = _last;
        }
    }

    /// <summary>Writes an entry like <see cref="Write"/> that the answer to a call waits for which still has work to do: the log's own thread brings it to disk meanwhile.</summary>
    public void WriteAhead(AuditNote note)
    {
        if (Write(note) == 0) return;
        lock (_gate) WakeNeedsLock();
    }

    /// <summary>A call has come that will write an entry soon, unless it is refused: a batch that gathers waits for it until what this returns is disposed of.</summary>
    public ExpectedEntry Expect()
    {
        Interlocked.Increment(ref _expected);
        return new ExpectedEntry(this);
    }

    /// <summary>What a call wrote that nobody waits for comes to disk: at once by this thread where nobody else has come, else by the log's own.</summary>
    /// <param name="urgency">When (<see cref="EndCall"/>).</param>
    /// <param name="mayBring">False where this thread has something better to do.</param>
    public void Announce(Urgency urgency, bool mayBring = true)
    {
        Batch? alone = null;
        lock (_gate)
        {
            if (urgency == Urgency.None || _queue.Count == 0) return;
            if (urgency == Urgency.Soon) TickNeedsLock();
            else if (!mayBring || (alone = TakeAloneNeedsLock()) is null) WakeNeedsLock();
        }

        if (alone is not null) Bring(alone);
    }

    /// <summary>Calls back once an entry is on disk (true), or can't be brought there (false); at once where that is known.</summary>
    public void WhenKept(ulong number, Action<bool> done)
    {
        var (isKnown, alone) = (false, (Batch?)null);
        lock (_gate)
        {
            isKnown = number <= _kept || _broken;
            if (!isKnown)
            {
                _waiting.Add((number, done));

                // What is on its way to disk needs no other batch.
                if (number > _leaving)
                {
                    alone = TakeAloneNeedsLock();
                    if (alone is null) WakeNeedsLock();
                }
            }
        }

        if (isKnown) done(number <= Kept.Number);
        else if (alone is not null) Bring(alone);
    }

    /// <summary>Waits until an entry is on disk.</summary>
    /// <returns>False where the log is broken.</returns>
    public bool Wait(ulong number)
    {
        lock (_gate)
        {
            SleepNeedsLock(number);
            return _kept >= number;
        }
    }

    /// <summary>The end of the log, signed with a verifier's nonce.</summary>
    public Outcome<SignedStatement> Head(ReadOnlyMemory<byte> nonce, VaultState state)
    {
        IDeviceKey key;
        AuditHead head;
        lock (_gate)
        {
            if (_key is null) return new Refusal(RefusalCode.PhaseRefused, "this enclave has no D key that could sign its log's head");
            (key, head) = (_key, new AuditHead(_node, _kept, _keptHash, _clock.NowInSeconds, nonce));
        }

        var statement = head.ToBytes();
        return new SignedStatement(statement, state.Certificate?.Der ?? default, key.Sign(statement));
    }

    /// <summary>Entries from a number on, as they were signed; none where there are none yet. <c>audit.unknown</c> where they were moved away.</summary>
    public Outcome<IReadOnlyList<AuditBatch>> Read(ulong from, int bytes)
    {
        var kept = Kept.Number;
        if (from > kept || _file is not { } file) return (Outcome<IReadOnlyList<AuditBatch>>)Array.Empty<AuditBatch>();
        return file.Read(from, kept, bytes);
    }

    /// <summary>The D key is about to be destroyed: what was written is brought to disk, and nothing is written any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            SleepNeedsLock(_last);
            _key = null;
        }
    }

    /// <summary>Brings to disk what was written, and stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _writer?.Join();
        _file?.Dispose();
    }

    private Outcome<AuditFound> Begin(DeviceIdentity identity, AuditMark mark)
    {
        if (!AuditRecovery.Open(_folder, identity.Node, identity.PublicKey, mark).Is(out var found, out var refusal)) return refusal;
        lock (_gate)
        {
            (_node, _key, _file) = (identity.Node, identity.Key, found.File);
            (_last, _lastHash, _lastTime) = (found.Number, found.Hash, found.Time);
            (_kept, _keptHash) = (_last, _lastHash);
            if (_key is null) return found;
            _writer = new Thread(WriteBatches) { IsBackground = true, Name = "audit" };
            _writer.Start();
            return found;
        }
    }

    /// <summary>An entry that is waited for.</summary>
    internal readonly struct ExpectedEntry(AuditTrail? trail) : IDisposable
    {
        /// <summary>It is written, or will not be.</summary>
        public void Dispose() => trail?.Arrived();
    }

    /// <summary>When what a call wrote has to come to disk.</summary>
    internal enum Urgency
    {
        /// <summary>It wrote nothing.</summary>
        None,

        /// <summary>With the next batch, or after a moment: no answer waits for it.</summary>
        Soon,

        /// <summary>At once.</summary>
        Now,
    }
}
