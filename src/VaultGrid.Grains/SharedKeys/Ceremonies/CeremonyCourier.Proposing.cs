using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <content>What a courier does when nothing has come for a while: proposals, who is to blame for it, help for who was starved.</content>
internal sealed partial class CeremonyCourier
{
    /// <summary>The blame of whoever said nothing.</summary>
    public const string Silent = "awaited";

    private const string Malformed = "malformed";

    private readonly HashSet<byte> _starved = [];
    private Task _helping = Task.CompletedTask;
    private int _helped;

    // Members that rest are tried again, and those that wait are told whom to go on without.
    private void Propose(CancellationToken cancellationToken)
    {
        foreach (var member in Members.Where(member => member.IsResting)) member.IsResting = false;
        if (IsRepair)
        {
            foreach (var member in Members.Where(member => member.IsOpen)) StoppedBy(member);
            return;
        }

        _proposals ??= new CeremonyProposals(plan, dealersFaulty, _post);
        var hadVersion = _proposals.HasVersion;
        _proposals.Consider(Members);
        foreach (var member in Members.Where(member => member.IsOpen && !member.IsDone))
        {
            member.Proposal = _proposals.For(member.Stage);
            Disbelieved(member, isQuiet: true);
        }

        if (hadVersion && _helping.IsCompleted) _helping = HelpAsync(cancellationToken);
    }

    // Who has said what is waited for, and was not believed, was not silent. A share may be sealed to a session key that was lost, and come again, until it is quiet.
    private void Disbelieved(CeremonyMember member, bool isQuiet)
    {
        if (IsRepair || member.Awaited.Count == 0) return;
        var holds = _post.Acknowledged().GetValueOrDefault(member.Place);
        foreach (var awaited in member.Awaited.Where(place => place < Members.Length))
        {
            var kind = KindAwaited(member, awaited, holds);
            var wasBrought = _post.WasBrought(kind, awaited, member);
            if (wasBrought && (isQuiet || kind != CeremonyMessageKind.Share)) Blames.Add(Members[awaited].Node, $"invalid-{kind.ToString().ToLowerInvariant()}", member.Node);
            else if (!wasBrought && isQuiet) Blames.Add(Members[awaited].Node, Silent, member.Node);
        }
    }

    // Of a repair: who waits for another in turn says nothing through no fault of its own.
    private void StoppedBy(CeremonyMember member)
    {
        var kind = member.Place == 0 ? CeremonyMessageKind.RepairSum : CeremonyMessageKind.RepairPart;
        foreach (var awaited in member.Awaited.Where(place => place < Members.Length && (Members[place].Awaited.Count == 0 || !Members[place].IsOpen)))
            Blames.Add(Members[awaited].Node, _post.WasBrought(kind, awaited, member) ? "invalid-repair" : Silent, member.Node);
    }

    private CeremonyMessageKind KindAwaited(CeremonyMember member, byte awaited, IReadOnlySet<byte>? holds) => member.Stage switch
    {
        CeremonyStage.Committing => CeremonyMessageKind.Commit,
        CeremonyStage.Listing => CeremonyMessageKind.ListVote,
        CeremonyStage.Voting => CeremonyMessageKind.Vote,
        _ when plan.Dealers.Contains(awaited) && holds?.Contains(awaited) != true => CeremonyMessageKind.Share,
        _ => CeremonyMessageKind.Acknowledgement,
    };

    // More have voted than can lie, so the version is the one that comes out; whoever can't vote for it was starved by a dealer among those that count. Those that have voted repair its share.
    private async Task HelpAsync(CancellationToken cancellationToken)
    {
        var voters = Receivers.Where(member => member is { IsOpen: true, Stage: CeremonyStage.Voting }).ToList();
        if (Certified is not null || voters.Count <= plan.Faulty) return;
        foreach (var starved in Receivers.Where(member => member is { IsOpen: true, Stage: CeremonyStage.Acknowledging }).ToList())
        {
            // The first time that it is seen it may only be slow.
            if (!_starved.Add(starved.Place) && !cancellationToken.IsCancellationRequested) await RepairAsync(starved, voters, cancellationToken);
        }
    }

    private async Task RepairAsync(CeremonyMember starved, List<CeremonyMember> voters, CancellationToken cancellationToken)
    {
        var blamed = Blames.ToReports().Select(blame => blame.Node).ToHashSet();
        byte[] order = [.. plan.Receivers];
        var turn = _helped++ % voters.Count;
        var helpers = voters.Skip(turn).Concat(voters.Take(turn)).OrderBy(member => blamed.Contains(member.Node)).Take(plan.Faulty + 1)
            .OrderBy(member => Array.IndexOf(order, member.Place)).ToList();
        var repair = plan with
        {
            Id = new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length)), Kind = CeremonyKind.Repair, Key = default, Version = plan.Hash(), Request = default,
            Members = [plan.Members[starved.Place], .. helpers.Select(helper => plan.Members[helper.Place])], Dealers = [.. Enumerable.Range(1, helpers.Count).Select(place => (byte)place)], Receivers = [0],
        };
        var courier = new CeremonyCourier(desk, grains, repair, new OpenCeremonyCall(repair.ToBytes(), [], default, [], default), plan.Faulty);
        using var patience = new CancellationTokenSource(4 * desk.Options.CeremonyPatience, desk.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (await courier.RunAsync(either.Token)) starved.Proposal = _proposals!.For(starved.Stage);
        }
        catch (OperationCanceledException)
        {
            // Others help at the next quiet moment.
        }

        await courier.CloseAsync(CancellationToken.None);
        foreach (var blame in courier.Blames.ToReports().Where(blame => blame.By.Length > 0 && blame.Why != Silent)) Blames.Add(blame);
    }
}
