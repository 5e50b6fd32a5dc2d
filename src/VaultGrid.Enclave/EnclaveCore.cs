using System.Reflection;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>The enclave without its socket: answers calls. Safe for use from any thread; what changes state is serialised by the vault.</summary>
internal sealed partial class EnclaveCore : IDisposable
{
    private const int AuditBurst = 16;
    private const double AuditsPerSecond = 8;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    /// <summary>The program's version.</summary>
    internal static readonly string Software =
        typeof(EnclaveCore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly SealedVault _vault;
    private readonly IVaultAdapter _adapter;
    private readonly NodeCache _nodes = new();
    private readonly MasterKeyCache _masters = new();
    private readonly SessionKeys _sessions;
    private readonly Provisioning _provisioning;
    private readonly KeyUse _use;
    private readonly KeyCheck _checks;
    private readonly ApprovedActions _actions;
    private readonly Learning _learning;
    private readonly DealImport _imports;
    private readonly SessionTable _table;
    private readonly Attesting _attesting;
    private readonly Witnessing _witnessing;
    private readonly Duplication _duplication;
    private readonly CeremonyTable _ceremonies;
    private readonly ShareUse _shares;
    private readonly SharedAggregation _aggregation;
    private readonly DiseUse _dise;
    private readonly ShareBackups _backups;
    private readonly TokenBucket _refusals;
    private readonly CertificateGate _certificates;
    private readonly ChainKeys _chainKeys;
    private readonly TrustLearning _trusts;
    private readonly TrustSealing _sealing;
    private readonly DomainUse _domains;
    private readonly DomainVerifying _verifying;
    private readonly ITimer _hourly;
    private readonly ITimer _sweeping;
    private readonly NoiseFilling _filling;

    /// <param name="vault">The opened vault; it belongs to this object from now on.</param>
    /// <param name="adapter">The adapter that it was opened with; likewise.</param>
    /// <param name="time">The host's time.</param>
    /// <param name="witness">Told of every nonce that is spent: in tests of what is above an enclave; null in service.</param>
    public EnclaveCore(SealedVault vault, IVaultAdapter adapter, TimeProvider time, INonceWitness? witness = null)
    {
        (_vault, _adapter) = (vault, adapter);
        var clock = vault.Clock;
        var certificates = _certificates = new CertificateGate(clock);
        var standing = new Standing(certificates);
        var requests = new RequestCheck(clock, certificates);
        var records = new RecordCheck(certificates);
        var evidence = new EvidenceCheck(records);
        _sessions = new SessionKeys(clock);
        _provisioning = new Provisioning(clock, certificates, adapter);
        var audits = new TokenBucket(time, AuditBurst, AuditsPerSecond);
        _use = new KeyUse(standing, requests, new KeySigner(_nodes), audits);
        _checks = new KeyCheck(standing, audits);
        var maker = new RecordMaker(clock);
        _imports = new DealImport(clock, standing, requests, maker);
        var library = new TrustLibrary();
        _trusts = new TrustLearning(clock, certificates, library, _masters, new ForkEvidence(vault.ForksPath));
        _sealing = new TrustSealing(clock, certificates, standing, requests, _trusts);
        _chainKeys = new ChainKeys(clock, standing, _masters);
        var finding = new DomainFinding(vault, certificates, _trusts, library);
        var calls = new CallGate(clock, certificates);
        _domains = new DomainUse(vault, clock, standing, calls, finding, new MasterKeyUse(_sessions), _masters);
        _verifying = new DomainVerifying(vault, certificates, _trusts, finding);
        var sharing = new ShareActions(standing, requests, maker, new ShareRestoring(_sessions), EndShare);
        _actions = new ApprovedActions(standing, requests, maker, _imports, _sealing, sharing, DestroyKeys);
        _learning = new Learning(records, evidence);
        _attesting = new Attesting(adapter, clock);
        _witnessing = new Witnessing(vault, certificates);
        _duplication = new Duplication(clock, certificates, standing, evidence, _sessions, _attesting);
        var peers = new KnownPeers(clock, certificates);
        var sessionGate = new SessionGate(peers, _sessions);
        _table = new SessionTable(
            clock, standing, sessionGate, new SessionApproval(requests, calls, audits), _sessions, [new EcdsaSessions(), new FrostSessions(), new BlsSessions()], CountAlarm, vault.Trail, witness);
        _aggregation = new SharedAggregation(standing, sessionGate);
        _dise = new DiseUse(standing, calls);
        _backups = new ShareBackups(standing, certificates);
        _filling = new NoiseFilling(() => _vault.State.Keys.All.Select(key => key.Threshold?.Share).OfType<Leased<OpenShare>>(), () => _vault.State.Keys, peers.FillOne);
        var shared = new SharedEvidenceCheck(certificates, records);
        var keeper = new ShareKeeper(vault, EndShare);
        var ceremonyGate = new CeremonyGate(clock, requests, shared);
        _ceremonies = new CeremonyTable(vault, clock, peers, standing, ceremonyGate, new CeremonyParts(clock, _sessions, keeper));
        _shares = new ShareUse(clock, standing, requests, ceremonyGate, shared, keeper, _ceremonies);
        _sweeping = time.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
        _hourly = time.CreateTimer(_ => TurnSessionKey(), null, TimeSpan.Zero, SessionKeys.Period);
        _refusals = new TokenBucket(time, CallNotes.RefusalBurst, CallNotes.RefusalsPerSecond);
        vault.Trail.Wait(vault.Trail.Write(new AuditNote(AuditActions.Start) { Subject = Software }));
    }

    /// <summary>True once the store could not be written.</summary>
    public bool IsBroken => _vault.IsBroken;

    /// <summary>Answers one call, once what it wrote into the audit log is on disk; a fault of the enclave itself is a refusal too, without details.</summary>
    public Outcome<ReadOnlyMemory<byte>> Handle(EnclaveCallKind kind, ReadOnlySpan<byte> body)
    {
        var answer = Decide(kind, body, out var entry, out var urgency);
        var isKept = _vault.Trail.Wait(entry);
        _vault.Trail.Announce(urgency);
        AfterAnswer.RunElsewhere();
        return isKept ? answer : Broken();
    }

    /// <summary>A call has come and will be handled in its turn: the audit log waits a moment for what it will write.</summary>
    public AuditTrail.ExpectedEntry Expect(EnclaveCallKind kind) => kind == EnclaveCallKind.Perform ? _vault.Trail.Expect() : default;

    /// <summary>The same without holding up the caller's thread: the answer is handed over once the audit log is on disk, perhaps by the thread that brought it there.</summary>
    /// <param name="kind">Which call.</param>
    /// <param name="body">Its body.</param>
    /// <param name="take">Takes the answer.</param>
    /// <param name="expected">What <see cref="Expect"/> said of it.</param>
    /// <param name="isReader">True on a thread that has other calls to read: what is left to do once the answer has gone is done by others.</param>
    public void Handle(
        EnclaveCallKind kind, ReadOnlySpan<byte> body, Action<Outcome<ReadOnlyMemory<byte>>> take, AuditTrail.ExpectedEntry expected = default, bool isReader = false)
    {
        var answer = Decide(kind, body, out var entry, out var urgency);
        expected.Dispose();
        if (entry == 0) take(answer);
        else _vault.Trail.WhenKept(entry, kept => take(kept ? answer : Broken()));
        _vault.Trail.Announce(urgency, mayBring: !isReader);
        if (isReader) AfterAnswer.RunElsewhere();
        else AfterAnswer.Run();
    }

    private static Refusal Broken() => new(RefusalCode.EnclaveFault, "store or audit log could not be written; the enclave answers nothing until it is started again");

    private Outcome<ReadOnlyMemory<byte>> Decide(EnclaveCallKind kind, ReadOnlySpan<byte> body, out ulong entry, out AuditTrail.Urgency urgency)
    {
        AuditTrail.BeginCall();
        SealedVault.LeftWaiting = null;
        _filling.Begin();
        try
        {
            var answer = Decide(kind, body);
            entry = AuditTrail.OfThisCall;
            if (SealedVault.LeftWaiting is not { } waiting) return answer;
            waiting.Call = (WitnessNeed.CallHash(kind, body), answer.Is(out var bytes, out _) ? bytes : default);
            return new Refusal(RefusalCode.WitnessPending, "the step is stored and takes effect once other members have recorded it");
        }
        finally
        {
            urgency = AuditTrail.EndCall();
            _filling.End(kind);
        }
    }

    private Outcome<ReadOnlyMemory<byte>> Decide(EnclaveCallKind kind, ReadOnlySpan<byte> body)
    {
        try
        {
            if (!Enum.IsDefined(kind)) return new Refusal(RefusalCode.InputUnsupported, $"this enclave does not know call {(byte)kind}");
            if (!PhaseTable.Answers(_vault.State.Phase, kind)) return PhaseTable.Refused(_vault.State.Phase, $"{kind} calls");

            var answer = Answer(kind, new WireReader(body));
            _vault.KeepFloor();
            return _vault.IsBroken && kind != EnclaveCallKind.Ping ? Broken() : answer;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Notices.Failed($"a {kind} call ended in a fault", fault);
            return new Refusal(RefusalCode.EnclaveFault, "the enclave could not do this: a fault of its own, see its log");
        }
    }

    /// <summary>From now on idle time is used: noise for threshold keys is drawn ahead.</summary>
    public void UseIdleTime() => _filling.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        _filling.Dispose();
        _hourly.Dispose();
        _sweeping.Dispose();
        _table.Dispose();
        _ceremonies.Dispose();
        _vault.Stop();
        _vault.Dispose();
        _nodes.Dispose();
        _masters.Dispose();
        _sessions.Dispose();
        _adapter.Dispose();
    }

    private Outcome<ReadOnlyMemory<byte>> Answer(EnclaveCallKind kind, WireReader reader) => kind switch
    {
        EnclaveCallKind.Ping => With(PingCall.Read(ref reader), reader, kind, _ => (Outcome<Done>)default(Done), Nothing),
        EnclaveCallKind.Status => With(StatusCall.Read(ref reader), reader, kind, _ => Status(), (writer, status) => status.Write(writer)),
        EnclaveCallKind.Provision => With(
            ProvisionCall.Read(ref reader), reader, kind, call => Change(kind, state => _provisioning.Provision(call, state)), (writer, answer) => answer.Write(writer)),
        EnclaveCallKind.Certify => With(CertifyCall.Read(ref reader), reader, kind, call => Change(kind, state => _provisioning.Certify(call, state)), Nothing),
        EnclaveCallKind.AddAuthorities => With(
            AddAuthoritiesCall.Read(ref reader), reader, kind, call => Change(kind, state => _provisioning.AddAuthorities(call, state)), Nothing),
        EnclaveCallKind.Perform => With(PerformCall.Read(ref reader), reader, kind, Perform, Performed.Write),
        EnclaveCallKind.AuditSign => With(AuditSignCall.Read(ref reader), reader, kind, call => Noted(_use.Audit(call, _vault.State), _ => CallNotes.Audit(call)), EcdsaAnswer.Write),
        EnclaveCallKind.DescribeKey => With(DescribeKeyCall.Read(ref reader), reader, kind, call => _vault.State.Keys.Find(call.Key).Then<KeyEvidence>(key => key.Evidence), KeyEvidence.Write),
        EnclaveCallKind.DeriveAccount => With(
            DeriveAccountCall.Read(ref reader), reader, kind, call => _use.Account(call, _vault.State), (writer, account) => writer.Fixed(account.Span)),
        EnclaveCallKind.Join => With(JoinCall.Read(ref reader), reader, kind, call => Exclusive(kind, state => _duplication.Join(call, state)), SignedStatement.Write),
        EnclaveCallKind.Release => With(
            ReleaseCall.Read(ref reader), reader, kind, call => Noted(Exclusive(kind, state => _duplication.Release(call, state)), CallNotes.Release), SignedStatement.Write),
        EnclaveCallKind.Accept => With(AcceptCall.Read(ref reader), reader, kind, Accept, HeldKey.Write),
        EnclaveCallKind.Records => With(
            RecordsCall.Read(ref reader), reader, kind, _ => (Outcome<List<ApprovedRecord>>)Learning.Known(_vault.State), (writer, known) => writer.List(known, ApprovedRecord.Write)),
        EnclaveCallKind.Learn => With(LearnCall.Read(ref reader), reader, kind, call => Change(kind, state => _learning.Learn(call, state)), Nothing),
        EnclaveCallKind.WrapKey => With(WrapKeyCall.Read(ref reader), reader, kind, call => Change(kind, state => _imports.Wrap(call, state)), SignedStatement.Write),
        EnclaveCallKind.SessionKey => With(SessionKeyCall.Read(ref reader), reader, kind, _ => _table.SessionKey(_vault.State), SignedStatement.Write),
        EnclaveCallKind.OpenSession => With(OpenSessionCall.Read(ref reader), reader, kind, OpenSession, SessionAnswer.Write),
        EnclaveCallKind.StepSession => With(StepSessionCall.Read(ref reader), reader, kind, StepSession, SessionAnswer.Write),
        EnclaveCallKind.CheckKey => With(CheckKeyCall.Read(ref reader), reader, kind, call => _checks.Check(call, _vault.State), Nothing),
        EnclaveCallKind.DescribeThreshold => With(DescribeThresholdCall.Read(ref reader), reader, kind, call => KeyUse.Describe(call, _vault.State), ThresholdDescription.Write),
        EnclaveCallKind.AnnounceRequest => With(AnnounceRequestCall.Read(ref reader), reader, kind, call => _table.Announce(call, _vault.State), Nothing),
        EnclaveCallKind.CloseSession => With(CloseSessionCall.Read(ref reader), reader, kind, _table.Close, Nothing),
        EnclaveCallKind.Attest => With(AttestCall.Read(ref reader), reader, kind, call => _attesting.Say(call, _vault.State), SignedStatement.Write),
        EnclaveCallKind.Witness => With(WitnessCall.Read(ref reader), reader, kind, _witnessing.Record, SignedStatement.Write),
        EnclaveCallKind.Witnesses => With(WitnessesCall.Read(ref reader), reader, kind, _witnessing.Take, WitnessNeed.Write),
        EnclaveCallKind.AuditHead => With(AuditHeadCall.Read(ref reader), reader, kind, call => _vault.Trail.Head(call.Nonce, _vault.State), SignedStatement.Write),
        EnclaveCallKind.AuditEntries => With(AuditEntriesCall.Read(ref reader), reader, kind, call => AuditReading.Part(call, _vault), AuditPart.Write),
        EnclaveCallKind.AuditCheckpoint => With(
            AuditCheckpointCall.Read(ref reader), reader, kind, call => Change(kind, state => AuditReading.Checkpoint(call, state), () => AuditReading.Note(call)), Nothing),
        EnclaveCallKind.ChainKey => With(ChainKeyCall.Read(ref reader), reader, kind, call => Change(kind, state => _chainKeys.Make(call, state)), Document),
        EnclaveCallKind.SealTrust => With(SealTrustCall.Read(ref reader), reader, kind, call => Change(kind, state => _sealing.Seal(call, state)), Document),
        EnclaveCallKind.LearnTrusts => With(
            LearnTrustsCall.Read(ref reader), reader, kind,
            call => _trusts.Parse(call.Trusts).Then(trusts => Change(kind, state => _trusts.Learn(trusts, state))), KnownChain.Write),
        EnclaveCallKind.Chains => With(
            ChainsCall.Read(ref reader), reader, kind, _ => (Outcome<KnownChain[]>)_vault.State.Chains.Told(), (writer, chains) => writer.List(chains, KnownChain.Write)),
        EnclaveCallKind.RetireChain => With(RetireChainCall.Read(ref reader), reader, kind, call => Change(kind, state => _chainKeys.Retire(call, state)), Document),
        EnclaveCallKind.CreateDomain => With(CreateDomainCall.Read(ref reader), reader, kind, _domains.Create, Document),
        EnclaveCallKind.UseDomain => With(UseDomainCall.Read(ref reader), reader, kind, _domains.Use, DomainAnswer.Write),
        EnclaveCallKind.RotateDomain => With(RotateDomainCall.Read(ref reader), reader, kind, _domains.Rotate, Document),
        EnclaveCallKind.RewrapDomains => With(
            RewrapDomainsCall.Read(ref reader), reader, kind, call => _domains.Rewrap(call, _certificates.Cache), (writer, done) => writer.List(done, RewrappedDomain.Write)),
        EnclaveCallKind.VerifyDomain => With(VerifyDomainCall.Read(ref reader), reader, kind, _verifying.Verify, KnownChain.Write),
        EnclaveCallKind.OpenCeremony => With(OpenCeremonyCall.Read(ref reader), reader, kind, OpenCeremony, CeremonyAnswer.Write),
        EnclaveCallKind.StepCeremony => With(StepCeremonyCall.Read(ref reader), reader, kind, call => _ceremonies.Step(call, _vault.State), CeremonyAnswer.Write),
        EnclaveCallKind.CeremonyStatus => With(CeremonyStatusCall.Read(ref reader), reader, kind, call => _ceremonies.Status(call, _vault.State), CeremonyAnswer.Write),
        EnclaveCallKind.CloseCeremony => With(CloseCeremonyCall.Read(ref reader), reader, kind, call => _ceremonies.Close(call, _vault.State), Nothing),
        EnclaveCallKind.DescribeShare => With(DescribeShareCall.Read(ref reader), reader, kind, call => _shares.Describe(call, _vault.State), SignedStatement.Write),
        EnclaveCallKind.LearnVersion => With(LearnVersionCall.Read(ref reader), reader, kind, call => _shares.Learn(call, _vault.State), Nothing),
        EnclaveCallKind.BackupShare => With(
            BackupShareCall.Read(ref reader), reader, kind, call => Noted(_backups.Make(call, _vault.State), _ => new AuditNote("share.backup") { Key = call.Key }), SignedStatement.Write),
        EnclaveCallKind.Aggregate => With(AggregateCall.Read(ref reader), reader, kind, call => _aggregation.Aggregate(call, _vault.State), AggregateAnswer.Write),
        EnclaveCallKind.Evaluate => With(
            EvaluateCall.Read(ref reader), reader, kind, call => Noted(_dise.Evaluate(call, _vault.State), made => made.Note), (writer, made) => EvaluateAnswer.Write(writer, made.Answer)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a call."),
    };

    private static void Document(WireWriter writer, ReadOnlyMemory<byte> document) => writer.Bytes(document.Span);

    private static void Nothing(WireWriter writer, Done done) { }

    private static Outcome<ReadOnlyMemory<byte>> With<TCall, TAnswer>(
        TCall call, WireReader reader, EnclaveCallKind kind, Func<TCall, Outcome<TAnswer>> handle, Action<WireWriter, TAnswer> write)
        where TAnswer : notnull
    {
        if (!reader.AtEnd && !reader.End($"the body of a {kind} call", out var refusal)) return refusal;
        if (!handle(call).Is(out var answer, out refusal)) return refusal;
        var writer = new WireWriter();
        write(writer, answer);
        return writer.Written.Length <= EnclaveLimits.Frame - 64
            ? (ReadOnlyMemory<byte>)writer.ToArray()
            : new Refusal(RefusalCode.InputTooLarge, "the answer would be larger than a frame");
    }

    private Outcome<EnclaveStatus> Status() => StatusReport.Of(_vault.State, _adapter.Kind, Software, _vault.Clock.NowInSeconds, _table.Live);

    private Outcome<Performed> Perform(PerformCall call)
    {
        if (!RequestDocument.Parse(call.Request.Span).Is(out var document, out var refusal)) return refusal;
        var performed = document.Request is SignRequest sign
            ? Noted(Sign(document, sign, call), _ => AuditNote.Of(document, call.Approvals))
            : Act(document, call);
        if (performed.Refusal is null && _vault.State.Phase == EnclavePhase.Retired) _ceremonies.Destroy();
        if (performed.Refusal is { } refused && CallNotes.IsNoted(refused) && _refusals.TryTake()) _vault.Trail.Write(AuditNote.Of(document, call.Approvals, refused));
        return performed;
    }

    private Outcome<Performed> Act(RequestDocument document, PerformCall call)
    {
        CheckedKey? key = null;
        if (_actions.Check(document, call, _vault.State) is { } outcome && !outcome.Is(out key, out var refusal)) return refusal;
        using (key) return Change(EnclaveCallKind.Perform, state => _actions.Carry(document, call, key, state), () => AuditNote.Of(document, call.Approvals));
    }

    private Outcome<HeldKey> Accept(AcceptCall call)
    {
        if (!_duplication.Check(call, _vault.State).Is(out var release, out var refusal)) return refusal;
        using (release.Key) return Change(EnclaveCallKind.Accept, state => _duplication.Take(call, release, state));
    }

    private Outcome<Performed> Sign(RequestDocument document, SignRequest sign, PerformCall call)
    {
        var state = _vault.State;
        return PhaseTable.Carries(state.Phase, sign.Action) ? _use.Sign(document, sign, call, state) : PhaseTable.Refused(state.Phase, $"'{sign.Action}'");
    }

    // As for a session (EnclaveCore.Sessions.cs): what comes of a ceremony is a change of the store, and that entry is waited for.
    private Outcome<CeremonyAnswer> OpenCeremony(OpenCeremonyCall call)
    {
        var opened = Noted(_ceremonies.Open(call, _vault.State), _ => CeremonyNotes.Opened(call));
        AuditTrail.WaitForNone(isNeeded: false);
        return opened;
    }

    // What used a key without changing the state: the entry is written before the answer can leave.
    private Outcome<T> Noted<T>(Outcome<T> outcome, Func<T, AuditNote?> note)
        where T : notnull
    {
        if (outcome.Is(out var answer, out _) && note(answer) is { } written) _vault.Trail.Write(written);
        return outcome;
    }

    // The phase is asked again under the gate: it may have moved since the call came. Whatever changes the state says so in the audit log.
    private Outcome<T> Change<T>(EnclaveCallKind kind, Func<VaultState, Outcome<Step<T>>> decide, Func<AuditNote>? note = null)
        where T : notnull =>
        _vault.Change<T>(state =>
        {
            if (!PhaseTable.Answers(state.Phase, kind)) return PhaseTable.Refused(state.Phase, $"{kind} calls");
            if (!decide(state).Is(out var step, out var refusal)) return refusal;
            return ReferenceEquals(step.Next, state) || step.Note is not null ? step : step with { Note = note?.Invoke() ?? CallNotes.Changed(kind, step.Answer) };
        });

    private Outcome<T> Exclusive<T>(EnclaveCallKind kind, Func<VaultState, Outcome<T>> answer)
        where T : notnull =>
        Change<T>(kind, state => answer(state).Is(out var value, out var refusal) ? new Step<T>(state, value) : refusal);

    private void EndShare(Hash256 key) => _table.EndOf(key);

    private void Sweep()
    {
        try
        {
            _table.Sweep();
            _ceremonies.Sweep();
            _vault.KeepMark();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Notices.Failed("old sessions could not be given up", fault);
        }
    }

    // On a timer: a fault here must not end the process; the next call that needs a session key makes one, or says why not.
    private void TurnSessionKey()
    {
        try
        {
            if (_vault.State.Phase != EnclavePhase.Member) return;
            Exclusive<Done>(EnclaveCallKind.Join, state =>
            {
                _sessions.Current(state.Identity!);
                return default(Done);
            });
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Notices.Failed("the session key could not be renewed", fault);
        }
    }

    private void DestroyKeys(VaultState state)
    {
        foreach (var key in state.Keys.All) key.Close();
        foreach (var wrap in state.WrapKeys) wrap.Scalar.Close();
        state.Chains.Close();
        if (state.Identity is { Handle: { } handle } identity)
        {
            identity.Key?.Dispose();
            _adapter.DestroyDeviceKey(identity.Algorithm, handle);
        }

        _table.Dispose();
        _nodes.Dispose();
        _masters.Dispose();
        _sessions.Dispose();
    }
}
