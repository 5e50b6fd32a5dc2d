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
    private volatile VaultState _state;
    private volatile bool _broken;

    private SealedVault(StoreDirectory directory, StoreSealing sealing, IVersionGuard? guard, ulong guarded, VaultState state, TimeProvider time, Action<SaveStep>? probe)
    {
        (_directory, _sealing, _guard, _guarded, _state, _probe) = (directory, sealing, guard, guarded, state, probe);
        Clock = new EnclaveClock(time, state.TimeFloor);
    }

    /// <summary>The state now: a snapshot.</summary>
    public VaultState State => _state;

    /// <summary>The clock over the state's floor.</summary>
    public EnclaveClock Clock { get; }

    /// <summary>True after a write failed: what is on disk is not known, so nothing is answered until a restart has read it.</summary>
    public bool IsBroken => _broken;

    /// <summary>Opens the store in a directory, or begins one. A store that can't be verified is refused: <c>store.*</c>, <c>enclave.busy</c>.</summary>
    /// <param name="directory">The directory, taken; it belongs to the vault from now on.</param>
    /// <param name="adapter">Seals the store.</param>
    /// <param name="guard">Remembers versions, or null.</param>
    /// <param name="time">The host's time.</param>
    /// <param name="probe">Tests only: called at each step of a save.</param>
    public static Outcome<SealedVault> Open(
        StoreDirectory directory, IVaultAdapter adapter, IVersionGuard? guard, TimeProvider time, Action<SaveStep>? probe = null)
    {
        var (guarded, exists) = (0UL, false);
        if (guard is not null && !guard.Read(out exists).Is(out guarded, out var refusal)) return refusal;

        if (!File.Exists(directory.StorePath))
        {
            if (exists) return new Refusal(RefusalCode.StoreTruncated, $"the store is gone: the version guard has seen version {guarded}");
            return StoreSealing.Create(adapter).Is(out var created, out refusal)
                ? new SealedVault(directory, created, guard, 0, VaultState.Fresh with { IsGuarded = guard is not null }, time, probe)
                : refusal;
        }

        if (!StoreSealing.Open(File.ReadAllBytes(directory.StorePath), adapter).Is(out var opened, out refusal)) return refusal;
        var (sealing, state) = opened;
        if (state.IsGuarded && guard is null)
        {
            sealing.Dispose();
            return new Refusal(RefusalCode.StoreVersion, "the store stands under a version guard: give --version-guard");
        }

        var vault = new SealedVault(directory, sealing, guard, guarded, state, time, probe);
        if (vault.Compare() is not { } older) return vault;
        vault.Dispose();
        return older;
    }

    /// <summary>Takes a step: decides on the state, writes what comes next, then shows it. A refusal changes nothing.</summary>
    /// <param name="decide">The next state (the same object where nothing changes) and the answer.</param>
    public Outcome<T> Change<T>(Func<VaultState, Outcome<Step<T>>> decide)
        where T : notnull
    {
        lock (_gate)
        {
            if (_broken) return Broken();
            if (!decide(_state).Is(out var step, out var refusal)) return refusal;
            if (!ReferenceEquals(step.Next, _state) && !TryKeep(step.Next)) return Broken();
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

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _broken = true;
            foreach (var key in _state.Keys.All) key.Close();
            foreach (var wrap in _state.WrapKeys) wrap.Scalar.Close();
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

    private bool TryKeep(VaultState next)
    {
        var before = _state;
        if (!PhaseTable.Allows(before.Phase, next.Phase)) throw new InvalidOperationException($"An enclave can't go from {before.Phase} to {next.Phase}.");
        try
        {
            _state = next.IsHeld ? Remember(next) : Save(next);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or LockedMemoryException)
        {
            Notices.Failed("the store could not be written", failed);
            _broken = true;
            return false;
        }
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
