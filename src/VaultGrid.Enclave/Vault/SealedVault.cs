namespace VaultGrid.Enclave;

/// <summary>
/// The enclave's state and its sealed store. Readers take <see cref="State"/>; changes are serialised, and each is on disk (and the guard
/// raised) before it is seen by anyone.
/// </summary>
internal sealed class SealedVault : IDisposable
{
    private static readonly TimeSpan FloorStep = TimeSpan.FromMinutes(10);

    [ThreadStatic]
    private static WaitingVersion? _leftWaiting;

    private readonly Lock _gate = new();
    private readonly StoreDirectory _directory;
    private readonly StoreFiles _files;
    private readonly IVersionGuard? _guard;
    private readonly Action<SaveStep>? _probe;
    private readonly bool _witnessed;
    private ulong _guarded;
    private ulong _seen;
    private ulong _noted;
    private AuditTrail? _trail;
    private VaultState _disk;
    private WaitingVersion? _step;
    private WaitingVersion? _start;
    private volatile VaultState _state;
    private volatile bool _broken;

    private SealedVault(StoreDirectory directory, StoreFiles files, IVersionGuard? guard, ulong guarded, VaultState state, TimeProvider time, Action<SaveStep>? probe, bool witnesses)
    {
        (_directory, _files, _guard, _guarded, _state, _probe) = (directory, files, guard, guarded, state, probe);
        (_disk, _witnessed) = (state, witnesses && guard is null);
        Clock = new EnclaveClock(time, state.TimeFloor);
    }

    /// <summary>The step that a call of this thread took and that waits for witnesses; set to null before a call is answered.</summary>
    public static WaitingVersion? LeftWaiting
    {
        get => _leftWaiting;
        set => _leftWaiting = value;
    }

    /// <summary>The state now: a snapshot.</summary>
    public VaultState State => _state;

    /// <summary>Where evidence of forks goes.</summary>
    public string ForksPath => Path.Combine(Path.GetDirectoryName(_directory.StorePath)!, "forks");

    /// <summary>The clock over the state's floor.</summary>
    public EnclaveClock Clock { get; }

    /// <summary>The audit log. It belongs to the vault.</summary>
    public AuditTrail Trail => _trail ?? throw new InvalidOperationException("The audit log opens with the store.");

    /// <summary>True after a write failed: what is on disk is not known, so nothing is answered until a restart has read it.</summary>
    public bool IsBroken => _broken || _trail is { IsBroken: true };

    /// <summary>Opens the store in a directory, or begins one. A store that can't be verified is refused: <c>store.*</c>, <c>enclave.busy</c>.</summary>
    /// <param name="directory">The directory, taken; it belongs to the vault from now on.</param>
    /// <param name="adapter">Seals the store.</param>
    /// <param name="guard">Remembers versions, or null.</param>
    /// <param name="time">The host's time.</param>
    /// <param name="probe">Tests only: called at each step of a save.</param>
    /// <param name="witnesses">Whether steps and starts wait for witnesses where no guard is given.</param>
    /// <param name="segmentBytes">How long a file of the audit log gets before the next is begun.</param>
    public static Outcome<SealedVault> Open(
        StoreDirectory directory, IVaultAdapter adapter, IVersionGuard? guard, TimeProvider time, Action<SaveStep>? probe = null, bool witnesses = false,
        long segmentBytes = AuditFile.UsualLength)
    {
        var (guarded, exists) = (0UL, false);
        if (guard is not null && !guard.Read(out exists).Is(out guarded, out var refusal)) return refusal;

        if (!File.Exists(directory.StorePath))
        {
            if (exists) return new Refusal(RefusalCode.StoreTruncated, $"the store is gone: the version guard has seen version {guarded}");
            if (!StoreSealing.Create(adapter).Is(out var created, out refusal)) return refusal;
            var fresh = new SealedVault(directory, new StoreFiles(directory.StorePath, created, probe), guard, 0, VaultState.Fresh with { IsGuarded = guard is not null }, time, probe, witnesses);
            return fresh.OpenTrail(segmentBytes) is { } cut ? fresh.Closed(cut) : fresh;
        }

        if (!StoreFiles.Open(directory.StorePath, adapter, probe).Is(out var opened, out refusal)) return refusal;
        var (files, state) = opened;
        if (state.IsGuarded && guard is null)
        {
            files.Dispose();
            return new Refusal(RefusalCode.StoreVersion, "the store stands under a version guard: give --version-guard");
        }

        var vault = new SealedVault(directory, files, guard, guarded, state, time, probe, witnesses);
        if (vault.OpenTrail(segmentBytes) is { } broken) return vault.Closed(broken);
        if (vault.Compare() is { } older) return vault.Closed(older);
        vault.AwaitWitnesses();
        return vault;
    }

    /// <summary>The journals of ceremonies, beside the store and sealed under it.</summary>
    public JournalFolder Journals() => new(_directory.CeremoniesPath, _files.JournalKey);

    /// <summary>Takes a step: decides on the state, writes what comes next, then shows it. A refusal changes nothing.</summary>
    /// <param name="decide">The next state (the same object where nothing changes) and the answer.</param>
    public Outcome<T> Change<T>(Func<VaultState, Outcome<Step<T>>> decide)
        where T : notnull
    {
        lock (_gate)
        {
            if (_broken) return Broken();
            if (!decide(_state).Is(out var step, out var refusal)) return refusal;
            step.Note?.Check();
            if (ReferenceEquals(step.Next, _state))
            {
                if (step.Note is { } said) Trail.Write(said);
            }
            else
            {
                var waiting = _step;
                if (waiting is not null && IsStep(step.Next)) return Waits();
                if (!TryKeep(step.Next, step.Note, step.After)) return Broken();

                // It takes effect, and is cleaned up after, once its witnesses have said so.
                if (!ReferenceEquals(_step, waiting))
                {
                    LeftWaiting = _step;
                    return step.Answer;
                }
            }

            step.After?.Invoke();
            return step.Answer;
        }
    }

    /// <summary>Writes the time floor down where it has risen by 10 minutes or more; before an answer leaves.</summary>
    public void KeepFloor()
    {
        if (Clock.Floor - _state.TimeFloor < FloorStep || _state.Phase is EnclavePhase.Unprovisioned or EnclavePhase.Retired) return;
        lock (_gate)
        {
            if (!_broken && _step is null && Clock.Floor - _state.TimeFloor >= FloorStep) TryKeep(_state with { TimeFloor = Clock.Floor });
        }
    }

    /// <summary>Takes what witnesses said of the version that waits for them: enough of them, and the step takes effect or the start is complete.</summary>
    /// <param name="said">Their statements, verified.</param>
    public Outcome<WitnessNeed> TakeWitnesses(IEnumerable<WitnessStatement> said)
    {
        lock (_gate)
        {
            if (_broken) return Broken();
            if ((_step ?? _start) is not { } waiting) return new WitnessNeed(null, default, default);
            foreach (var each in said) waiting.Count(each);
            if (waiting.Ahead > 0) return Outrun(waiting);
            if (!waiting.IsWitnessed) return new WitnessNeed(waiting.Request(_state.Identity!.Key!), default, default);

            if (ReferenceEquals(waiting, _start)) (_state, _start) = (waiting.Next, null);
            else TakeEffect(waiting.Next, waiting.Note);
            waiting.After?.Invoke();
            return new WitnessNeed(null, waiting.Call.Call, waiting.Call.Answer);
        }
    }

    /// <summary>Seals into the store which entry of the audit log is the last: a log that ends before it is noticed at the next start (protocols §9).</summary>
    public void KeepMark()
    {
        lock (_gate)
        {
            if (!_broken && _disk.Identity is { Key: not null } && Trail.Kept.Number > _disk.Audit.Number) TryKeep(_state with { });
        }
    }

    /// <summary>Notes that the enclave stops, with the end of its audit log sealed.</summary>
    public void Stop()
    {
        if (IsBroken) return;
        Trail.Wait(Trail.Write(new AuditNote(AuditActions.Stop)));
        KeepMark();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _broken = true;
            _trail?.Dispose();
            foreach (var key in _state.Keys.All) key.Close();
            foreach (var key in _step?.Next.Keys.All ?? []) key.Close();
            foreach (var wrap in _state.WrapKeys) wrap.Scalar.Close();
            _state.Chains.Close();
            _step?.Next.Chains.Close();
            _state.Identity?.Key?.Dispose();
            _state.Identity?.Handle?.Dispose();
            _files.Dispose();
            _directory.Dispose();
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SealedVault(redacted)";

    private static Refusal Broken() => new(RefusalCode.EnclaveFault, "the store could not be written; the enclave answers nothing until it is started again");

    // Protocols §2: the store is written first, then the guard, then the answer leaves; so version = guard, or guard + 1 after a crash between.
    private Refusal? Compare()
    {
        if (_guard is null) return null;
        if (!_state.IsGuarded)
        {
            // The guard is new: it starts with what is there, before the store says that it stands under one.
            Raise(_state.Version);
            TryKeep(_state with { IsGuarded = true });
            return null;
        }

        if (_state.Version == _guarded) return null;
        if (_state.Version == _guarded + 1)
        {
            Raise(_state.Version);
            return null;
        }

        if (PhaseTable.Allows(_state.StoredPhase, EnclavePhase.Held))
        {
            _state = _state with { IsHeld = true };
            return null;
        }

        return _state.StoredPhase == EnclavePhase.Retired
            ? null
            : new Refusal(RefusalCode.StoreVersion, $"the store has version {_state.Version}, its guard {_guarded}, and it is too old to be restored: begin anew, with a new guard");
    }

    private bool TryKeep(VaultState next, AuditNote? note = null, Action? after = null)
    {
        var before = _state;
        if (!PhaseTable.Allows(before.Phase, next.Phase)) throw new InvalidOperationException($"An enclave can't go from {before.Phase} to {next.Phase}.");
        try
        {
            if (IsStep(next)) Take(next, note, after);
            else if (!next.IsHeld || _files.IsSame(next, before)) KeepBeside(next, note);
            else Remember(next, note);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or LockedMemoryException)
        {
            Notices.Failed("the store could not be written", failed);
            _broken = true;
            return false;
        }
        catch
        {
            // What is on disk isn't known here either: the state in memory must never be written over it.
            _broken = true;
            throw;
        }
    }

    // What changes nothing in the versioned part (alarm counters, witness records, the log's mark) is no step: the version stays. A held enclave takes none.
    // A new key is one, whatever else.
    private bool IsStep(VaultState next) => !next.IsHeld
        && (_state.Version == 0 || next.Keys.Count != _state.Keys.Count || !_files.IsSame(next, _state) || (_guard is not null && _state.Version != _guarded));

    private void Take(VaultState next, AuditNote? note, Action? after)
    {
        var before = _state;
        if (before.Identity is { Key: not null } && next.Identity is { Key: null } && note is not null)
        {
            // The entry of the step that destroys the D key is signed before: once the store has lost the key, nobody can.
            if (!Trail.Wait(Trail.Write(note))) throw new IOException("the audit log could not be written");
            note = null;
        }

        _disk = Save(Marked(next, note));
        var quorums = _witnessed ? WitnessRule.ForStep(before, next) : [];
        if (quorums.IsEmpty) TakeEffect(_disk, note);
        else _step = new WaitingVersion(_disk, quorums) { Note = note, After = after };
    }

    private void TakeEffect(VaultState next, AuditNote? note)
    {
        var before = _state;
        (_state, _step, _start) = (next, null, null);
        if (before.Identity is null && next.Identity is { } made) Trail.Begin(made);
        if (note is not null) _noted = Trail.Write(note, next.Audit.Steps);
        if (before.Identity is { Key: not null } && next.Identity is { Key: null }) Trail.End();
    }

    private void KeepBeside(VaultState next, AuditNote? note)
    {
        var marked = Marked(next, note);
        var disk = UnversionedPart.Copy(marked, _disk);
        _files.KeepBeside(disk);
        (_disk, _state) = (disk, marked);
        if (_step is { } step) step.Next = UnversionedPart.Copy(marked, step.Next);
        if (_start is { } start) start.Next = UnversionedPart.Copy(marked, start.Next);
        if (note is not null) Noted(note);
    }

    // A held enclave learns in memory only: steps on disk would let it climb back to the guard's version by itself.
    private void Remember(VaultState next, AuditNote? note)
    {
        var held = next with { TimeFloor = Clock.Floor };
        _state = held with { VersionedPart = VersionedPart.Hash(held) };
        if (note is not null) Trail.Write(note);
    }

    private void Noted(AuditNote note)
    {
        var number = Trail.Write(note, CountsSteps ? _disk.Audit.Steps : 0);
        if (CountsSteps) _noted = number;
    }

    private Refusal? OpenTrail(long segmentBytes) =>
        AuditTrail.Open(_directory.AuditPath, _state, Clock, segmentBytes).Is(out _trail, out var refusal) ? null : refusal;

    private Refusal Closed(Refusal refusal)
    {
        Dispose();
        return refusal;
    }

    // While a step waits for its witnesses the store keeps what that step has to say; what happens beside it is in the log alone.
    private bool CountsSteps => _step is null && !_state.IsHeld;

    // What the last change said is on disk before the store forgets it; what this one says stands in the store until it is.
    private VaultState Marked(VaultState next, AuditNote? note)
    {
        if (!Trail.Wait(_noted)) throw new IOException("the audit log could not be written");
        if (next.Identity is null) return next;
        var (number, hash) = Trail.Kept;
        var counts = _step is null && !next.IsHeld;
        var steps = note is null || !counts ? _disk.Audit.Steps : Math.Max(_disk.Audit.Steps, Trail.Steps) + 1;
        var pending = counts ? note : _disk.Audit.Pending;
        return next with { Audit = next.Audit with { Number = number, Hash = number == 0 ? default : hash, Steps = steps, Pending = pending } };
    }

    private VaultState Save(VaultState next)
    {
        var versioned = next with { Version = Math.Max(Math.Max(_state.Version, _guarded), _seen) + 1, TimeFloor = Clock.Floor };
        var part = _files.Keep(_disk, versioned);
        Raise(versioned.Version);
        _probe?.Invoke(SaveStep.Guarded);
        return versioned with { VersionedPart = part };
    }

    private void Raise(ulong version)
    {
        if (_guard is null || version == _guarded) return;
        _guard.Raise(version);
        _guarded = version;
    }

    private static Refusal Waits() => new(RefusalCode.WitnessPending, "a step of this node waits until other members have recorded it");

    // From the first membership record on others are asked whether this is the store that they last heard of; until then the enclave is held.
    private void AwaitWitnesses()
    {
        if (!_witnessed || WitnessRule.ForStart(_state) is not { } quorum) return;
        _start = new WaitingVersion(_state, [quorum]);
        _state = _state with { IsHeld = true };
    }

    // Somebody recorded a version that this store doesn't have.
    private Outcome<WitnessNeed> Outrun(WaitingVersion waiting)
    {
        _seen = Math.Max(_seen, waiting.Ahead);
        if (ReferenceEquals(waiting, _start))
        {
            Notices.Say($"the store was rolled back: it has version {waiting.Next.Version}, a witness recorded {waiting.Ahead}; it is held until administrators approve restore-node");
            Trail.Write(new AuditNote(AuditActions.RolledBack) { Subject = $"store {waiting.Next.Version}, witnessed {waiting.Ahead}" });
            _start = null;
            return new WitnessNeed(null, default, default);
        }

        if (!_state.IsHeld)
        {
            Notices.Say($"error: a witness recorded version {waiting.Ahead} of this store while it is at {waiting.Next.Version}: another enclave runs with a copy of it");
            _broken = true;
            return Broken();
        }

        // An approved restore-node goes past what was lost.
        _step = null;
        _disk = Save(waiting.Next);
        _step = new WaitingVersion(_disk, WitnessRule.ForStep(_state, _disk)) { Note = waiting.Note, After = waiting.After, Call = waiting.Call };
        return new WitnessNeed(_step.Request(_state.Identity!.Key!), default, default);
    }
}
