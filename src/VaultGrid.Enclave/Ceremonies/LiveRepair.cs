using System.Diagnostics;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Repair;

namespace VaultGrid.Enclave;

/// <summary>
/// This enclave's part of a repair, as helper or as the one that is helped. In memory only: a helper that was restarted knows nothing of it, and the coordinator begins another
/// repair, with whomever it likes.
/// </summary>
[DebuggerDisplay("LiveRepair(redacted)")]
internal sealed class LiveRepair : LiveCeremony
{
    private readonly Lock _gate = new();
    private readonly byte _place;
    private readonly RepairSubject _subject;
    private readonly CeremonyDirectory _directory;
    private readonly CeremonyParts _parts;
    private readonly RepairSession _session;
    private readonly Hash256 _header;
    private readonly IStatementVerifier _verifier;
    private readonly RepairHelper? _helper;
    private readonly RepairReceiver? _lost;
    private readonly Dictionary<byte, SignedMessage> _commitments = [];
    private readonly Dictionary<byte, SecretBytes> _secrets = [];
    private readonly List<CeremonyMessage> _said = [];
    private readonly Dictionary<byte, string> _faults = [];
    private readonly HashSet<byte> _sealedFor = [];
    private readonly HashSet<byte> _heard = [];
    private bool _summed;
    private bool _done;
    private bool _closed;

    private LiveRepair(CeremonyPlan plan, byte place, RepairSubject subject, CeremonyDirectory directory, CeremonyParts parts, RepairSession session, RepairHelper? helper)
    {
        (Plan, _place, _subject, _directory, _parts, _session, _helper) = (plan, place, subject, directory, parts, session, helper);
        (_header, _verifier) = (plan.Hash(), new ShareVerifier(this));
        Heard = parts.Clock.Now;
        if (helper is null) _lost = new RepairReceiver(session);
        else Say(CeremonyMessageKind.RepairCommitments, helper.Commitments.ToBytes());
    }

    public override CeremonyPlan Plan { get; }

    public override KeyId? NewKey => null;

    public override bool IsDone => _done;

    public override bool CanClose => true;

    /// <summary>Begins.</summary>
    /// <param name="plan">The plan, checked.</param>
    /// <param name="place">This enclave's place in it.</param>
    /// <param name="subject">The version, as this enclave has it.</param>
    /// <param name="directory">The members.</param>
    /// <param name="parts">What ceremonies use.</param>
    /// <param name="state">The D key.</param>
    public static Outcome<LiveRepair> Open(CeremonyPlan plan, byte place, RepairSubject subject, CeremonyDirectory directory, CeremonyParts parts, VaultState state)
    {
        PartyIndex[] indices = [.. plan.Members.Select(subject.IndexOf)];
        if (!RepairSession.Of(subject.Key, indices[0], indices[1..], plan.Hash()).Is(out var session, out var refusal)) return refusal;
        if (place == 0) return new LiveRepair(plan, place, subject, directory, parts, session, null);
        return subject.Help(session, new DeviceSigner(state.Identity!.Key!, directory, place)).Is(out var helper, out refusal)
            ? new LiveRepair(plan, place, subject, directory, parts, session, helper)
            : refusal;
    }

    public override Outcome<CeremonyAnswer> Step(StepCeremonyCall call, VaultState state)
    {
        lock (_gate)
        {
            if (_closed) return CeremonyTable.Unknown(Plan.Id);
            Heard = _parts.Clock.Now;
            if (IsDone) return Answer([]);
            _directory.Take(call.Directory, state);
            foreach (var message in call.Messages) Receive(message);
            var before = _said.Count;
            if (!Advance(state).Is(out _, out var refusal)) return refusal;
            return Answer(_said[before..]);
        }
    }

    public override Outcome<CeremonyAnswer> Status(VaultState state)
    {
        lock (_gate)
        {
            if (_closed) return CeremonyTable.Unknown(Plan.Id);
            if (IsDone) return Answer([]);
            return Advance(state).Is(out _, out var refusal) ? Answer(_said) : refusal;
        }
    }

    public override void Close() => Dispose();

    public override void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Wipe();
        }
    }

    public override string ToString() => "LiveRepair(redacted)";

    private void Say(CeremonyMessageKind kind, byte[] body) => _said.Add(new CeremonyMessage(kind, _place, CeremonyMessage.All, body));

    private void Receive(CeremonyMessage message)
    {
        if (message.From == _place || message.From == 0 || message.From >= Plan.Members.Count) return;
        if (message.Kind == CeremonyMessageKind.RepairCommitments)
        {
            // Whether they are signed is found out where they are used; others in its name displace nobody's.
            if (SignedMessage.Parse(message.Body.Span).Is(out var commitments, out _) && IsSigned(message.From, commitments)) _commitments.TryAdd(message.From, commitments);
            return;
        }

        var expected = _helper is null ? CeremonyMessageKind.RepairSum : CeremonyMessageKind.RepairPart;
        if (message.Kind != expected || message.To != _place || _secrets.ContainsKey(message.From)) return;
        if (CeremonyMail.Open(_header, message, _directory, _parts.SessionKeys) is { } secret) _secrets[message.From] = secret;
    }

    // A wrong sum of commitments is signed, and convicts; what isn't signed is nobody's.
    private bool IsSigned(byte from, SignedMessage commitments)
    {
        if (commitments.From != IndexOf(from)) return false;
        using var probe = new RepairReceiver(_session);
        if (probe.Receive(commitments, _verifier).Fault is not { } fault) return true;
        if (fault is ProtocolFault.Cheated cheated) _faults.TryAdd(from, cheated.Check.ToString().ToLowerInvariant());
        return false;
    }

    private Outcome<Done> Advance(VaultState state) => _helper is { } helper ? Help(helper, state) : Recover(_lost!);

    private Outcome<Done> Help(RepairHelper helper, VaultState state)
    {
        for (byte place = 1; place < Plan.Members.Count; place++)
        {
            if (place == _place || _directory.Find(place) is not { } other || !_sealedFor.Add(place)) continue;
            using var part = helper.PartFor(IndexOf(place));
            _said.Add(CeremonyMail.Pack(_header, CeremonyMessageKind.RepairPart, _place, place, other, part, state.Identity!.Key!));
        }

        foreach (var (place, commitments) in _commitments)
        {
            if (!_secrets.Remove(place, out var part)) continue;
            var fault = helper.Receive(commitments, part, _verifier).Fault;
            if (fault is null) _heard.Add(place);
            else if (fault is ProtocolFault.Cheated cheated) _faults.TryAdd(place, cheated.Check.ToString().ToLowerInvariant());
        }

        if (_summed || _directory.Find(0) is not { } lost || !helper.Sum().Is(out var sum, out _)) return default(Done);
        _summed = true;
        using (sum) _said.Add(CeremonyMail.Pack(_header, CeremonyMessageKind.RepairSum, _place, 0, lost, sum, state.Identity!.Key!));
        return default(Done);
    }

    private Outcome<Done> Recover(RepairReceiver lost)
    {
        foreach (var commitments in _commitments.Values) lost.Receive(commitments, _verifier);
        if (_commitments.Count < Plan.Members.Count - 1) return default(Done);
        foreach (var (place, sum) in _secrets.ToArray())
        {
            _secrets.Remove(place);
            var fault = lost.Receive(IndexOf(place), sum).Fault;
            if (fault is null) _heard.Add(place);
            else if (fault is ProtocolFault.Cheated cheated) _faults.TryAdd(place, cheated.Check.ToString().ToLowerInvariant());
        }

        if (!lost.Finish().Is(out var share, out _)) return default(Done);
        using (share)
        {
            if (!_subject.Take(share).Is(out _, out var refusal)) return refusal;
        }

        _done = true;
        Wipe();
        return default(Done);
    }

    private PartyIndex IndexOf(byte place) => place == 0 ? _session.Lost : _session.Helpers[place - 1];

    private CeremonyAnswer Answer(IReadOnlyList<CeremonyMessage> messages)
    {
        byte[] awaited = IsDone || _summed ? [] : [.. Enumerable.Range(1, Plan.Members.Count - 1).Select(place => (byte)place).Where(place => place != _place && !_heard.Contains(place))];
        return new CeremonyAnswer(
            IsDone || _summed ? CeremonyStage.Done : CeremonyStage.Dealing, [.. messages], awaited,
            [.. _faults.Select(fault => new CeremonyFault(fault.Key, fault.Value, []))], IsDone ? _subject.Certified : null, null);
    }

    private void Wipe()
    {
        _helper?.Dispose();
        _lost?.Dispose();
        foreach (var secret in _secrets.Values) secret.Dispose();
        _secrets.Clear();
    }

    // The protocol names parties by their shares; the directory by their places.
    private sealed class ShareVerifier(LiveRepair repair) : IStatementVerifier
    {
        public bool Verify(PartyIndex signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
        {
            for (byte place = 0; place < repair.Plan.Members.Count; place++)
            {
                if (repair.IndexOf(place) == signer) return repair._directory.Verify(place, statement, signature);
            }

            return false;
        }
    }
}
