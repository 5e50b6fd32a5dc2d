using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Carries the messages of one ceremony between its members until the version is in force, and proposes to go on without whoever says nothing. It can lose messages or
/// be slow, nothing else. A member that was away is opened again, and brought everything once more.
/// </summary>
/// <remarks>
/// Members are asked in rounds where they keep pace: what they say is gathered for a moment, so that a round costs each of them one call. Runs on the turns of one activation.
/// </remarks>
/// <param name="desk">What ceremonies use.</param>
/// <param name="grains">The enclaves.</param>
/// <param name="plan">The plan.</param>
/// <param name="opening">What members are opened with; its directory is filled in.</param>
/// <param name="dealersFaulty">f of those who deal; the plan has that of those who receive.</param>
internal sealed partial class CeremonyCourier(SharedKeyDesk desk, IGrainFactory grains, CeremonyPlan plan, OpenCeremonyCall opening, int dealersFaulty)
{
    // So often a repair becomes quiet before it is tried with other helpers: one that lies or stalls among exactly f + 1 stops it.
    private const int RepairPatience = 3;

    private const int Batch = 8 * CeremonyPlan.MemberLimit;
    private const int LeastGathering = 4;
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(60);

    // The more there are the longer it takes from the first answer to the last, where they share a machine.
    private readonly TimeSpan _gathering = TimeSpan.FromMilliseconds(Math.Max(LeastGathering, plan.Members.Count));
    private readonly CeremonyPost _post = new(plan);
    private readonly List<SignedStatement> _directory = [];
    private readonly Dictionary<NodeId, SignedStatement> _keys = [];
    private readonly Dictionary<Task, CeremonyMember> _underWay = [];
    private CeremonyProposals? _proposals;
    private TrustedAuthorities? _trusted;
    private int _quiet;
    private bool _hasNews;

    /// <summary>The members.</summary>
    public ImmutableArray<CeremonyMember> Members { get; } = [.. plan.Members.Select((member, place) => new CeremonyMember((byte)place, member.Node))];

    /// <summary>Who was blamed.</summary>
    public Blames Blames { get; } = new();

    /// <summary>The version that came out; null before, and for a repair.</summary>
    public CertifiedVersion? Certified { get; private set; }

    /// <summary>The key's evidence, with it.</summary>
    public KeyEvidence? Evidence { get; private set; }

    private IEnumerable<CeremonyMember> Receivers => plan.Receivers.Select(place => Members[place]);

    private int Quorum => DealerChoice.QuorumOf(plan.Receivers.Count, plan.Faulty);

    private bool IsRepair => plan.Kind == CeremonyKind.Repair;

    /// <summary>True once the version is in force, or the share is there.</summary>
    public bool IsDone => IsRepair ? Receivers.All(member => member.IsDone) : Certified is not null && Receivers.Count(member => member.IsDone) >= Quorum;

    /// <summary>Carries until everybody who answers is done.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="areKeysFresh">True where the members were asked for their session keys just now.</param>
    /// <returns>True when the ceremony has reached its end; false where it can't, or nobody waits any more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken, bool areKeysFresh = false)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await CarryAsync(areKeysFresh, over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await _helping;
        }
    }

    /// <summary>
    /// Why it can't reach its end any more: so many refuse that too few are left. Null while it can. Of the dealers a quorum has to deal, of old holders too: a resharing is bound to them
    /// (<c>Dealing/SPEC.md</c>), whatever f of the new holders is.
    /// </summary>
    public Refusal? WhyNot()
    {
        var refused = Members.Where(member => member.Refusal is { } refusal && !IsPassing(refusal.Code)).ToList();
        var dealers = plan.Dealers.Count(dealer => refused.TrueForAll(member => member.Place != dealer));
        var receivers = plan.Receivers.Count(receiver => refused.TrueForAll(member => member.Place != receiver));
        var enough = IsRepair ? refused.Count == 0 : receivers >= Quorum && dealers >= DealerChoice.QuorumOf(plan.Dealers.Count, dealersFaulty);
        return enough ? null : refused.GroupBy(member => member.Refusal!.Code).MaxBy(same => same.Count())?.First().Refusal;
    }

    /// <summary>Has every member give it up.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var member in Members.Where(member => !member.IsDone && member.Refusal is null && (member.Stage is null || !member.IsOpen)))
            Blames.Add(member.Node, RefusalCode.EnclaveDetached.Name());
        await Task.WhenAll(Members.Select(member => desk.AskAsync(grains, member.Node, new CloseCeremonyCall(plan.Id), cancellationToken)));
    }

    private async Task<bool> CarryAsync(bool areKeysFresh, CancellationToken cancellationToken)
    {
        _trusted = await desk.Authorities.GetAsync(grains, fresh: false, cancellationToken);
        await LearnKeysAsync(anew: !areKeysFresh, cancellationToken);
        var quiet = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (IsDone && (quiet || Members.All(member => member.IsDone || member.IsResting))) return true;
            if (WhyNot() is not null) return false;
            foreach (var member in Members.Where(NeedsCall).ToList()) Begin(member, cancellationToken);
            quiet = await BecomesQuietAsync(cancellationToken);
            if (!quiet) continue;
            await LearnKeysAsync(anew: true, cancellationToken);
            Propose(cancellationToken);
            if (IsRepair && ++_quiet > RepairPatience) return false;
        }

        return IsDone;
    }

    private static bool IsPassing(RefusalCode code) => code is
        RefusalCode.EnclaveDetached or RefusalCode.EnclaveBusy or RefusalCode.SessionUnknown or RefusalCode.PhaseRefused or RefusalCode.RevocationsOverdue or RefusalCode.RevocationsMissing;

    private bool NeedsCall(CeremonyMember member)
    {
        if (member.IsBusy || member.IsResting) return false;
        return !member.IsOpen || member.Proposal.Kind != CeremonyProposalKind.None || member.Told < _directory.Count
            || _post.For(member.Place, member.Brought, 1).Messages.Count > 0;
    }

    private void Begin(CeremonyMember member, CancellationToken cancellationToken)
    {
        member.IsBusy = true;
        _underWay.Add(AskAsync(member, cancellationToken), member);
    }

    // The first answer is followed by a moment in which the others may come, as long again as it took where that is more: whoever is asked with half the messages is asked twice.
    // Then whoever is idle is asked again. True once it is quiet: all that was said has been brought to all and answered, at once the first time since anything new was said; where
    // somebody does not answer, nothing came for as long as one waits.
    private async Task<bool> BecomesQuietAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var patience = Task.Delay(desk.Options.CeremonyPatience, desk.Time, enough.Token);
        Task? gathering = null;
        var (news, isQuiet, asked) = (false, false, desk.Time.GetTimestamp());
        while (true)
        {
            if (_underWay.Count == 0 && (news || Members.Any(NeedsCall))) break;
            isQuiet = _underWay.Count == 0 && _hasNews && !Members.Any(member => member.IsResting);
            if (isQuiet) break;
            var waits = _underWay.Keys.Append(patience);
            if (gathering is not null) waits = waits.Append(gathering);
            var first = await Task.WhenAny(waits);
            if (first == gathering) break;
            isQuiet = first == patience && !news;
            if (first == patience) break;
            _underWay.Remove(first, out var member);
            news |= await (Task<bool>)first;
            _hasNews |= news;
            member!.IsBusy = false;
            gathering ??= Task.Delay(TimeSpan.FromTicks(Math.Clamp(desk.Time.GetElapsedTime(asked).Ticks, _gathering.Ticks, LongestGathering.Ticks)), desk.Time, enough.Token);
        }

        await enough.CancelAsync();
        _hasNews &= !isQuiet;
        return isQuiet;
    }

    private async Task<bool> AskAsync(CeremonyMember member, CancellationToken cancellationToken)
    {
        if (!member.IsOpen && !await ReadyAsync(member, cancellationToken)) return false;
        Outcome<CeremonyAnswer> outcome;
        if (!member.IsOpen)
        {
            // Where it was opened before, and the answer got lost, it passes over what comes with this one: the next step brings it all session keys again.
            member.Told = member.WasOpened ? 0 : _directory.Count;
            member.WasOpened = true;
            outcome = await desk.AskAsync(grains, member.Node, opening with { Directory = [.. _keys.Values] }, cancellationToken);
        }
        else
        {
            var (messages, brought) = _post.For(member.Place, member.Brought, Batch);
            var (proposal, told) = (member.Proposal, member.Told);
            member.MayHaveVoted |= proposal.Kind == CeremonyProposalKind.Version;
            (member.Brought, member.Told, member.Proposal) = (brought, _directory.Count, CeremonyProposal.None);
            outcome = await desk.AskAsync(grains, member.Node, new StepCeremonyCall(plan.Id, messages, told == 0 ? [.. _keys.Values] : [.. _directory.Skip(told)], proposal), cancellationToken);
        }

        if (outcome.Is(out var answer, out var refusal)) return Take(member, answer);
        if (refusal.Code == RefusalCode.EnclaveFault) Blames.Add(member.Node, Malformed);
        (member.IsOpen, member.Brought, member.Answered, member.IsResting) = (false, 0, 0, true);
        member.Refusal = refusal;
        return false;
    }

    private bool Take(CeremonyMember member, CeremonyAnswer answer)
    {
        var news = !member.IsOpen || member.Stage != answer.Stage;
        (member.IsOpen, member.Stage, member.Refusal, member.Awaited) = (true, answer.Stage, null, answer.Awaited);
        (member.Answered, member.MayHaveVoted) = (member.Brought, false);
        var (isNew, isWrong) = _post.Take(member.Place, answer.Messages);
        news |= isNew;
        if (isWrong) Blames.Add(member.Node, Malformed);
        Disbelieved(member, isQuiet: false);
        foreach (var fault in answer.Faults.Where(fault => fault.Place < Members.Length))
            Blames.Add(Members[fault.Place].Node, fault.Check, member.Node, fault.Evidence.Count > 0);

        // A repair makes no version: what its receiver tells of is the one in force.
        if (plan.Kind == CeremonyKind.Repair || answer.Certified is not { } certified || Certified is not null) return news;

        // Whoever tells of a version or of the key's evidence is believed as little as in everything else.
        var voted = VotedVersion.Of(certified, [.. plan.Receivers.Select(place => plan.Members[place])], Quorum, _trusted, desk.Authorities.Certificates, desk.Time.GetUtcNow());
        var isTrue = voted is not null && answer.Evidence is { } evidence && Hash256.Of("birth-record", evidence.Birth.Document.Span) == certified.Version.Key
            && (plan.Kind != CeremonyKind.Generate || WitnessedBirth.Holds(evidence, opening, plan.Members[member.Place], _keys[member.Node].Certificate, desk.Authorities.Certificates));
        if (isTrue) (Certified, Evidence) = (voted, answer.Evidence);
        else Blames.Add(member.Node, "version");
        return true;
    }

    // Whoever lost its session key in a restart has another one, and others seal to that what they said before.
    private async Task<bool> ReadyAsync(CeremonyMember member, CancellationToken cancellationToken)
    {
        if (member.Stage is null && member.Refusal is null && _keys.ContainsKey(member.Node)) return true;
        desk.Keys.Forget(member.Node);
        var said = await desk.SessionKeyAsync(grains, member.Node, cancellationToken);
        if (!said.Is(out var statement, out var refusal))
        {
            (member.Refusal, member.IsResting) = (refusal, true);
            return false;
        }

        Know(member, statement);
        return true;
    }

    // Asked anew: shares that are sealed to a key that was lost in a restart reach nobody.
    private async Task LearnKeysAsync(bool anew, CancellationToken cancellationToken)
    {
        if (anew)
        {
            foreach (var member in Members) desk.Keys.Forget(member.Node);
        }

        var told = await Task.WhenAll(Members.Select(member => desk.SessionKeyAsync(grains, member.Node, cancellationToken)));
        foreach (var (member, said) in Members.Zip(told))
        {
            if (said.Is(out var statement, out var refusal)) Know(member, statement);
            else if (!member.IsOpen) (member.Refusal, member.IsResting) = (refusal, true);
        }
    }

    private void Know(CeremonyMember member, SignedStatement statement)
    {
        var isNew = !_keys.TryGetValue(member.Node, out var known);
        if (!isNew && PublicBytes.Equal(known!.Statement.Span, statement.Statement.Span)) return;
        _keys[member.Node] = statement;
        _directory.Add(statement);
    }
}
