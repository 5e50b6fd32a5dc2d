using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// What a courier proposes once it has become quiet. An enclave votes for one list and one version, ever: what an honest one may have voted for is proposed to everybody until it is
/// certain that none has. Used on the turns of one activation.
/// </summary>
/// <param name="plan">The ceremony.</param>
/// <param name="dealersFaulty">f of those who deal.</param>
/// <param name="post">What has been said.</param>
internal sealed class CeremonyProposals(CeremonyPlan plan, int dealersFaulty, CeremonyPost post)
{
    // So often the same is proposed to those who seem to have voted, no more of them than can lie; then something else.
    private const int Patience = 6;

    private IReadOnlyList<byte> _list = [];
    private IReadOnlyList<byte> _version = [];
    private int _listTries;
    private int _versionTries;
    private int _turn;
    private int _heard;

    /// <summary>True where a version was proposed before now.</summary>
    public bool HasVersion => _version.Count > 0;

    /// <summary>Looks at what has come by now.</summary>
    /// <param name="members">The members, as they answered last.</param>
    public void Consider(IReadOnlyList<CeremonyMember> members)
    {
        if (plan.Kind == CeremonyKind.Generate && members.Any(member => member.IsOpen && member.Stage is CeremonyStage.Committing or CeremonyStage.Listing)) ConsiderList(members);
        if (members.Any(member => member.IsOpen && member.Stage == CeremonyStage.Acknowledging)) ConsiderVersion(members);
    }

    /// <summary>What to propose to a member by where it is.</summary>
    public CeremonyProposal For(CeremonyStage? stage) => stage switch
    {
        CeremonyStage.Committing or CeremonyStage.Listing when _list.Count > 0 => new CeremonyProposal(CeremonyProposalKind.List, _list),
        CeremonyStage.Dealing => new CeremonyProposal(CeremonyProposalKind.Acknowledge, []),
        CeremonyStage.Acknowledging => new CeremonyProposal(CeremonyProposalKind.Version, _version),
        _ => CeremonyProposal.None,
    };

    // A commitment that more members were brought and lack than can lie is none. With the list no more commitments are carried, or members that see all of them would vote for another.
    private void ConsiderList(IReadOnlyList<CeremonyMember> members)
    {
        var voters = post.From(CeremonyMessageKind.ListVote).Count;
        if (_list.Count > 0 && (voters > plan.Faulty || ++_listTries < Patience)) return;
        post.Close(CeremonyMessageKind.Commit, false);
        byte[] listed = [.. post.From(CeremonyMessageKind.Commit).Where(dealer => members.Count(member => Lacks(member, dealer)) <= plan.Faulty).Order()];
        (_list, _listTries) = (listed.Length >= DealerChoice.QuorumOf(plan.Dealers.Count, dealersFaulty) ? listed : [], 0);
        post.Close(CeremonyMessageKind.Commit, _list.Count > 0);
    }

    private bool Lacks(CeremonyMember member, byte dealer) =>
        member.IsOpen && member.Awaited.Contains(dealer) && post.WasBrought(CeremonyMessageKind.Commit, dealer, member);

    private void ConsiderVersion(IReadOnlyList<CeremonyMember> members)
    {
        var receivers = plan.Receivers.Select(place => members[place]).ToList();
        var voters = receivers.Count(member => member.Stage >= CeremonyStage.Voting);
        var unsure = receivers.Count(member => member.Stage < CeremonyStage.Voting && member.MayHaveVoted);
        if (_version.Count > 0 && (voters > plan.Faulty || (voters + unsure > 0 && ++_versionTries < Patience))) return;
        if (_version.Count > 0) _turn = post.Count == _heard ? _turn + 1 : 0;
        (_heard, _versionTries) = (post.Count, 0);

        // An acknowledgement that more members were brought and still wait for than can lie is not signed by its sender.
        var all = post.Acknowledged();
        var good = all.Where(said => members.Count(member => LacksAcknowledgement(member, said.Key, all)) <= plan.Faulty).ToDictionary();
        var minimum = DealerChoice.MinimumOf(plan.Dealers.Count, dealersFaulty);
        _version = DealerChoice.Of(plan, good, minimum, _turn) is { Count: > 0 } chosen ? chosen : DealerChoice.Of(plan, all, minimum, _turn);
    }

    // Whoever holds the other's dealing, or can't, waits for its acknowledgement alone.
    private bool LacksAcknowledgement(CeremonyMember member, byte from, IReadOnlyDictionary<byte, IReadOnlySet<byte>> acknowledged) =>
        member.IsOpen && member.Awaited.Contains(from) && post.WasBrought(CeremonyMessageKind.Acknowledgement, from, member)
        && (!plan.Dealers.Contains(from) || (acknowledged.TryGetValue(member.Place, out var held) && held.Contains(from)));
}
