namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// What a coordinator of a ceremony does, without the carrying: messages to whom they are for, and after a deadline what to propose to whom. It holds no secret and decides nothing; all of
/// it can be put together anew from the members' status.
/// </summary>
/// <remarks>
/// Open every member's part and <see cref="Take"/> the answers; then, as long as <see cref="IsQuiet"/> is false, bring each member what is <see cref="For"/> it and take the answer. Where it has
/// become quiet before all are done and no more answers can be waited for, step each member that isn't with its <see cref="Proposal"/>. Hand <see cref="Certified"/> to whoever is not done in the end.
/// </remarks>
public sealed class CeremonyRoutes
{
    private readonly CeremonyPlan _plan;
    private readonly byte _dealersFaulty;
    private readonly Dictionary<byte, List<CeremonyMessage>> _waiting = [];
    private readonly Dictionary<byte, CeremonyStage> _stages = [];
    private readonly HashSet<byte> _committed = [];
    private readonly Dictionary<byte, HashSet<byte>> _acknowledged = [];
    private readonly Dictionary<(byte Place, string Check), CeremonyFault> _faults = [];
    private IReadOnlyList<byte> _dealers = [];

    /// <summary>Begins, or begins anew.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dealersFaulty">f of the version in force, for a resharing; in other ceremonies it is the plan's.</param>
    public CeremonyRoutes(CeremonyPlan plan, byte? dealersFaulty = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (_plan, _dealersFaulty) = (plan, dealersFaulty ?? plan.Faulty);
        for (byte place = 0; place < plan.Members.Count; place++) _waiting[place] = [];
    }

    /// <summary>True where no message waits to be carried.</summary>
    public bool IsQuiet => _waiting.Values.All(messages => messages.Count == 0);

    /// <summary>The members that are done.</summary>
    public IReadOnlyList<byte> Done => [.. _stages.Where(pair => pair.Value == CeremonyStage.Done).Select(pair => pair.Key).Order()];

    /// <summary>Where a member is; null where nothing was heard of it.</summary>
    public CeremonyStage? StageOf(byte place) => _stages.TryGetValue(place, out var stage) ? stage : null;

    /// <summary>The version that came out, or null so far.</summary>
    public CertifiedVersion? Certified { get; private set; }

    /// <summary>The key's evidence, as one member has it; null so far, and for a repair.</summary>
    public KeyEvidence? Evidence { get; private set; }

    /// <summary>Who broke the protocol, by the members' word.</summary>
    public IReadOnlyCollection<CeremonyFault> Faults => _faults.Values;

    /// <summary>Takes a member's answer.</summary>
    /// <param name="from">The member's place.</param>
    /// <param name="answer">What it answered.</param>
    public void Take(byte from, CeremonyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _stages[from] = answer.Stage;
        (Certified, Evidence) = (Certified ?? answer.Certified, Evidence ?? answer.Evidence);
        foreach (var fault in answer.Faults) _faults.TryAdd((fault.Place, fault.Check), fault);
        foreach (var message in answer.Messages)
        {
            if (message.From != from) continue;
            if (message.Kind == CeremonyMessageKind.Commit) _committed.Add(from);
            if (message.Kind == CeremonyMessageKind.Acknowledgement) Note(message);
            foreach (var (place, messages) in _waiting)
            {
                if (place != from && (message.To == place || message.To == CeremonyMessage.All)) messages.Add(message);
            }
        }
    }

    /// <summary>Takes out what waits for a member.</summary>
    public IReadOnlyList<CeremonyMessage> For(byte to)
    {
        CeremonyMessage[] messages = [.. _waiting[to]];
        _waiting[to].Clear();
        return messages;
    }

    /// <summary>What to propose to a member after a deadline, by where it is.</summary>
    public CeremonyProposal Proposal(byte to) => _stages.GetValueOrDefault(to) switch
    {
        CeremonyStage.Committing => new CeremonyProposal(CeremonyProposalKind.List, [.. _plan.Dealers.Where(dealer => _committed.Contains(dealer) && !IsAccused(dealer))]),
        CeremonyStage.Dealing => new CeremonyProposal(CeremonyProposalKind.Acknowledge, []),
        CeremonyStage.Acknowledging => new CeremonyProposal(CeremonyProposalKind.Version, Dealers()),
        _ => CeremonyProposal.None,
    };

    // What one member may have voted for stays what is proposed to all: an enclave votes once.
    private IReadOnlyList<byte> Dealers()
    {
        if (_stages.Values.Any(stage => stage >= CeremonyStage.Voting) && _dealers.Count > 0) return _dealers;
        var acknowledged = _acknowledged.ToDictionary(pair => pair.Key, pair => (IReadOnlySet<byte>)pair.Value.Where(dealer => !IsAccused(dealer)).ToHashSet());
        return _dealers = DealerChoice.Of(_plan, acknowledged, DealerChoice.MinimumOf(_plan.Dealers.Count, _dealersFaulty), 0);
    }

    private bool IsAccused(byte dealer) => _faults.Keys.Any(fault => fault.Place == dealer);

    // Receiver (1) and count (1), then for each dealing the dealer's number (1) and a digest.
    private void Note(CeremonyMessage message)
    {
        var body = message.Body.Span;
        if (body.Length < 2 || body.Length < 2 + (body[1] * (1 + Hash256.Length))) return;
        var held = _acknowledged.TryGetValue(message.From, out var known) ? known : _acknowledged[message.From] = [];
        for (var i = 0; i < body[1]; i++)
        {
            var dealer = body[2 + (i * (1 + Hash256.Length))];
            if (dealer >= 1 && dealer <= _plan.Dealers.Count) held.Add(_plan.Dealers[dealer - 1]);
        }
    }
}
