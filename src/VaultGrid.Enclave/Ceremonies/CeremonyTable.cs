namespace VaultGrid.Enclave;

/// <summary>
/// The ceremonies that this enclave takes part in: one at a time for each key and each new name, so that no two versions can both get its vote. They live as long as it takes; a
/// restart goes on with what the journals have. Any thread may call.
/// </summary>
internal sealed class CeremonyTable(
    SealedVault vault, EnclaveClock clock, KnownPeers peers, Standing standing, CeremonyGate gate, CeremonyParts parts) : IDisposable
{
    /// <summary>How many ceremonies that are over are kept, for repetitions.</summary>
    public const int MostKept = 256;

    /// <summary>How long a ceremony that may be given up waits for its coordinator.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, LiveCeremony> _ceremonies = [];
    private readonly JournalFolder _journals = vault.Journals();
    private bool _awake;

    /// <summary>The refusal of a ceremony that isn't here.</summary>
    public static Refusal Unknown(Hash256 ceremony) => new(RefusalCode.SessionUnknown, $"this enclave has no ceremony {ceremony}: it was not opened here, or is over");

    /// <summary>Opens this enclave's part, or repeats what it said.</summary>
    public Outcome<CeremonyAnswer> Open(OpenCeremonyCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!CeremonyPlan.Parse(call.Plan.Span).Is(out var plan, out refusal)) return refusal;
        LiveCeremony? live;
        lock (_gate)
        {
            Wake(state);
            if (_ceremonies.TryGetValue(plan.Id, out live))
            {
                if (live.Plan.Hash() != plan.Hash()) return new Refusal(RefusalCode.SessionConflict, "another ceremony has this id");
            }
            else if (!(plan.IsOfPending ? BeginPending(call, plan, vault.State) : Begin(call, vault.State)).Is(out live, out refusal))
            {
                return refusal;
            }
        }

        return live.Status(state);
    }

    /// <summary>Takes one step of a ceremony.</summary>
    public Outcome<CeremonyAnswer> Step(StepCeremonyCall call, VaultState state) =>
        Find(call.Ceremony, state).Is(out var live, out var refusal) ? live.Step(call, state) : refusal;

    /// <summary>Where a ceremony is.</summary>
    public Outcome<CeremonyAnswer> Status(CeremonyStatusCall call, VaultState state) =>
        Find(call.Ceremony, state).Is(out var live, out var refusal) ? live.Status(state) : refusal;

    /// <summary>Gives a ceremony up, where that is safe.</summary>
    public Outcome<Done> Close(CloseCeremonyCall call, VaultState state)
    {
        lock (_gate)
        {
            Wake(state);
            if (!_ceremonies.TryGetValue(call.Ceremony, out var live)) return default(Done);
            if (!live.CanClose)
                return new Refusal(RefusalCode.StateConflict, "this enclave has voted, or dealt its share: the version may be in force elsewhere, and its certificate decides");
            live.Close();
            _ceremonies.Remove(call.Ceremony);
            return default(Done);
        }
    }

    /// <summary>A version of a key came into force by another way than its ceremony here: what is under way for an older one is over.</summary>
    public void EndOf(Hash256 key)
    {
        lock (_gate)
        {
            foreach (var live in _ceremonies.Values.Where(live => live.Plan.Key == key && !live.IsDone).ToArray()) Drop(live);
        }
    }

    /// <summary>Gives up what nobody has asked about for long and may be given up; of what is over, as much as is too many.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            foreach (var live in _ceremonies.Values.Where(live => live.Heard < clock.Now - Patience && live.CanClose).ToArray()) Drop(live);
            foreach (var live in _ceremonies.Values.Where(live => live.IsDone).OrderBy(live => live.Heard).Take(Math.Max(0, _ceremonies.Count - MostKept)).ToArray()) Drop(live);
        }
    }

    /// <summary>Destroys everything, on disk too: the node has retired.</summary>
    public void Destroy()
    {
        lock (_gate)
        {
            foreach (var live in _ceremonies.Values) live.Close();
            _ceremonies.Clear();
            if (_awake) return;
            _awake = true;
            foreach (var (journal, last) in _journals.Open())
            {
                last.Dispose();
                journal.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var live in _ceremonies.Values) live.Dispose();
            _ceremonies.Clear();
            _journals.Dispose();
        }
    }

    private Outcome<LiveCeremony> Find(Hash256 ceremony, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        lock (_gate)
        {
            Wake(state);
            return _ceremonies.TryGetValue(ceremony, out var live) ? live : Unknown(ceremony);
        }
    }

    private void Drop(LiveCeremony live)
    {
        live.Close();
        _ceremonies.Remove(live.Plan.Id);
    }

    private Outcome<LiveCeremony> Begin(OpenCeremonyCall call, VaultState state)
    {
        if (!gate.Check(call, isApproved: false, state).Is(out var opening, out var refusal)) return refusal;
        if (Others(opening) is { } taken) return taken;
        var directory = new CeremonyDirectory(peers, opening.Plan);
        directory.Take(call.Directory, state);
        Outcome<LiveCeremony> opened;
        if (opening.Plan.Kind == CeremonyKind.Repair)
        {
            opened = LiveRepair.Open(opening.Plan, opening.Place, new RepairInForce(opening.Key!, parts.Keeper), directory, parts, state).Then<LiveCeremony>(live => live);
        }
        else
        {
            if (!_journals.Take().Is(out var journal, out refusal)) return refusal;
            opened = LiveDealing.Open(opening, call, directory, journal, parts, state).Then<LiveCeremony>(live => live);
            if (opened.Refusal is not null) journal.Release();
        }

        if (opened.Is(out var began, out _)) _ceremonies[opening.Plan.Id] = began;
        return opened;
    }

    // A share of the version that a ceremony here is about to put in force.
    private Outcome<LiveCeremony> BeginPending(OpenCeremonyCall call, CeremonyPlan plan, VaultState state)
    {
        if (_ceremonies.Values.OfType<LiveDealing>().FirstOrDefault(live => live.Plan.Hash() == plan.Version) is not { } dealing) return Unknown(plan.Version);
        if (!CeremonyGate.Places(plan, state).Is(out var place, out var refusal)) return refusal;
        if (!dealing.Pending(isStarved: place == 0).Is(out var subject, out refusal)) return refusal;
        if (!RepairSubject.Fits(plan, subject.Key, subject.Holders).Is(out _, out refusal)) return refusal;
        var directory = new CeremonyDirectory(peers, plan);
        directory.Take(call.Directory, state);
        if (!LiveRepair.Open(plan, place, subject, directory, parts, state).Is(out var repair, out refusal)) return refusal;
        return _ceremonies[plan.Id] = repair;
    }

    // One ceremony for each key and name: another gives way if it may, or if administrators approved this one and not that.
    private Refusal? Others(CeremonyOpening opening)
    {
        if (opening.Plan.Kind == CeremonyKind.Repair) return null;
        var name = opening.Plan.Kind == CeremonyKind.Generate ? opening.Policies.Current.KeyId : (KeyId?)null;
        foreach (var live in _ceremonies.Values.Where(live => !live.IsDone && live is LiveDealing && (name is null ? live.Plan.Key == opening.Plan.Key : live.NewKey == name)).ToArray())
        {
            var isOverruled = name is null && opening.Document is { } document && document.Hash != live.Plan.Request;
            if (!live.CanClose && !isOverruled)
                return new Refusal(RefusalCode.StateConflict, $"this enclave has voted in the ceremony {live.Plan.Id} of this key: it has to end first");
            Drop(live);
        }

        return null;
    }

    // Once, at the first call: what was under way when the enclave stopped. What came to its end just then is over.
    private void Wake(VaultState state)
    {
        if (_awake) return;
        _awake = true;
        foreach (var (journal, last) in _journals.Open())
        {
            using (last)
            {
                if (Resume(journal, last, state).Is(out var live, out var refusal))
                {
                    _ceremonies[live.Plan.Id] = live;
                    continue;
                }

                Notices.Say($"a ceremony that was under way is over: {refusal.Detail}");
                journal.Release();
            }
        }
    }

    private Outcome<LiveCeremony> Resume(CeremonyJournal journal, SecretBytes last, VaultState state)
    {
        if (!CeremonySnapshot.Read(last).Is(out var read, out var refusal)) return refusal;
        var (snapshot, saved) = read;
        using (saved)
        {
            if (!gate.Check(snapshot.Call, isApproved: true, state).Is(out var opening, out refusal)) return refusal;
            var directory = new CeremonyDirectory(peers, opening.Plan);
            directory.Take(snapshot.Call.Directory, state, fromJournal: true);
            return LiveDealing.Resume(opening, snapshot, saved, directory, journal, parts, state).Then<LiveCeremony>(live => live);
        }
    }
}
