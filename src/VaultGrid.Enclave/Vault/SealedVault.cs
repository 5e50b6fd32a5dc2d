namespace VaultGrid.Enclave;

/// <summary>
/// The enclave's state and its sealed store. Readers take <see cref="State"/>; changes are serialised, and each is on disk (and the guard
/// raised) before it is seen by anyone.
/// </summary>
internal sealed class SealedVault : IDisposable
{
    private static readonly TimeSpan FloorStep = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly StoreDirectory _directory;
    private readonly StoreSealing _sealing;
    private readonly IVersionGuard? _guard;
    private readonly Action<SaveStep>? _probe;
    private ulong _guarded;
    private ulong _noted;
    private AuditTrail? _trail;
    private volatile VaultState _state;
    private volatile bool _broken;

    private SealedVault(StoreDirectory directory, StoreSealing sealing, IVersionGuard? guard, ulong guarded, VaultState state, TimeProvider time, Action<SaveStep>? probe)
    {
        (_directory, _sealing, _guard, _guarded, _state, _probe) = (directory, sealing, guard, guarded, state, probe);
        Clock = new EnclaveClock(time, state.TimeFloor);
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
    /// <param name="segmentBytes">How long a file of the audit log gets before the next is begun.</param>
    public static Outcome<SealedVault> Open(
        StoreDirectory directory, IVaultAdapter adapter, IVersionGuard? guard, TimeProvider time, Action<SaveStep>? probe = null, long segmentBytes = AuditFile.UsualLength)
    {
        var (guarded, exists) = (0UL, false);
        if (guard is not null && !guard.Read(out exists).Is(out guarded, out var refusal)) return refusal;

        if (!File.Exists(directory.StorePath))
        {
            if (exists) return new Refusal(RefusalCode.StoreTruncated, $"the store is gone: the version guard has seen version {guarded}");
            if (!StoreSealing.Create(adapter).Is(out var created, out refusal)) return refusal;
            var fresh = new SealedVault(directory, created, guard, 0, VaultState.Fresh with { IsGuarded = guard is not null }, time, probe);
            return fresh.OpenTrail(segmentBytes) is { } cut ? fresh.Closed(cut) : fresh;
        }

        if (!StoreSealing.Open(File.ReadAllBytes(directory.StorePath), adapter).Is(out var opened, out refusal)) return refusal;
        var (sealing, state) = opened;
        if (state.IsGuarded && guard is null)
        {
            sealing.Dispose();
            return new Refusal(RefusalCode.StoreVersion, "the store stands under a version guard: give --version-guard");
        }

        var vault = new SealedVault(directory, sealing, guard, guarded, state, time, probe);
        if (vault.OpenTrail(segmentBytes) is { } broken) return vault.Closed(broken);
        return vault.Compare() is { } older ? vault.Closed(older) : vault;
    }

    /// <summary>The journals of ceremonies, beside the store and sealed under it.</summary>
    public JournalFolder Journals() => new(_directory.CeremoniesPath, _sealing.JournalKey);

    /// <summary>Takes a step: decides on the state, writes what comes next, then shows it. A refusal changes nothing.</summary>
    /// <param name="decide">The next state (the same object where nothing changes) and the answer.</param>
    public Outcome<T> Change<T>(Func<VaultState, Outcome<Step<T>>> decide)
        where T : notnull
    {
        lock (_gate)
        {
            if (_broken) return Broken();
            if (!decide(_state).Is(out var step, out var refusal)) return refusal;
            if (ReferenceEquals(step.Next, _state))
            {
                if (step.Note is { } said) Trail.Write(said);
            }
            else if (!TryKeep(step.Next, step.Note))
            {
                return Broken();
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
            if (!_broken && Clock.Floor - _state.TimeFloor >= FloorStep) TryKeep(_state with { TimeFloor = Clock.Floor });
        }
    }

    /// <summary>Seals into the store which entry of the audit log is the last: a log that ends before it is noticed at the next start (protocols §9).</summary>
    public void KeepMark()
    {
        lock (_gate)
        {
            if (!_broken && _state is { IsHeld: false, Identity.Key: not null } && Trail.Kept.Number > _state.Audit.Number) TryKeep(_state with { });
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
            foreach (var wrap in _state.WrapKeys) wrap.Scalar.Close();
            _state.Chains.Close();
            _state.Identity?.Key?.Dispose();
            _state.Identity?.Handle?.Dispose();
            _sealing.Dispose();
            _directory.Dispose();
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SealedVault(redacted)";

    private static Refusal Broken() =>
        new(RefusalCode.EnclaveFault, "the store could not be written; the enclave answers nothing until it is started again");

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

    private bool TryKeep(VaultState next, AuditNote? note = null)
    {
        var before = _state;
        if (!PhaseTable.Allows(before.Phase, next.Phase)) throw new InvalidOperationException($"An enclave can't go from {before.Phase} to {next.Phase}.");
        try
        {
            if (before.Identity is { Key: not null } && next.Identity is { Key: null }) note = Last(note);
            _state = next.IsHeld ? Remember(next) : Save(Marked(next, note));
            if (before.Identity is null && _state.Identity is { } made) Trail.Begin(made);
            if (note is not null) _noted = Trail.Write(note, _state.IsHeld ? 0 : _state.Audit.Steps);
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

    private Refusal? OpenTrail(long segmentBytes) =>
        AuditTrail.Open(_directory.AuditPath, _state, Clock, segmentBytes).Is(out _trail, out var refusal) ? null : refusal;

    private Refusal Closed(Refusal refusal)
    {
        Dispose();
        return refusal;
    }

    // The entry of the step that destroys the D key is signed before: once the store has lost the key, nobody can.
    private AuditNote? Last(AuditNote? note)
    {
        if (note is not null && !Trail.Wait(Trail.Write(note))) throw new IOException("the audit log could not be written");
        Trail.End();
        return null;
    }

    // What the last change said is on disk before the store forgets it; what this one says stands in the store until it is.
    private VaultState Marked(VaultState next, AuditNote? note)
    {
        if (!Trail.Wait(_noted)) throw new IOException("the audit log could not be written");
        var (number, hash) = Trail.Kept;
        var steps = note is null ? _state.Audit.Steps : Math.Max(_state.Audit.Steps, Trail.Steps) + 1;
        return next with { Audit = next.Identity is null ? AuditMark.None : next.Audit with { Number = number, Hash = number == 0 ? default : hash, Steps = steps, Pending = note } };
    }

    // A held enclave learns in memory only: steps on disk would let it climb back to the guard's version by itself.
    private VaultState Remember(VaultState next)
    {
        var held = next with { TimeFloor = Clock.Floor };
        return held with { VersionedPart = VersionedPart.Hash(held) };
    }

    private VaultState Save(VaultState next)
    {
        // What changes nothing in the versioned part (alarm counters) is no step: the version stays.
        var versioned = next with { Version = _state.Version };
        var part = VersionedPart.Write(versioned);
        if (_state.Version == 0 || Hash256.Sha256(part) != _state.VersionedPart || (_guard is not null && _state.Version != _guarded))
        {
            versioned = next with { Version = Math.Max(_state.Version, _guarded) + 1, TimeFloor = Clock.Floor };
            part = VersionedPart.Write(versioned);
        }

        _probe?.Invoke(SaveStep.Before);
        DurableFile.Replace(_directory.StorePath, _sealing.Seal(versioned, part), _probe is { } probe ? () => probe(SaveStep.Written) : null);
        _probe?.Invoke(SaveStep.Renamed);
        Raise(versioned.Version);
        _probe?.Invoke(SaveStep.Guarded);
        return versioned with { VersionedPart = Hash256.Sha256(part) };
    }

    private void Raise(ulong version)
    {
        if (_guard is null || version == _guarded) return;
        _guard.Raise(version);
        _guarded = version;
    }
}
