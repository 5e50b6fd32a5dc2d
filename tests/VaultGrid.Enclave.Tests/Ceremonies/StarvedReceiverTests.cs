namespace VaultGrid.Enclave.Tests;

/// <summary>(7, 2): one node dead, one deals to all but one, acknowledges, and does not vote. Four of the five honest can vote by themselves, and a version takes five.</summary>
public sealed class StarvedReceiverTests
{
    private static readonly string[] Holders = ["1/1", "1/2", "1/3", "1/4", "2/1", "2/2", "2/3"];

    [Fact]
    public async Task Whoever_a_dealer_starves_is_left_a_choice_in_which_it_is_not()
    {
        await using var grid = await SharedGrid.StartAsync(clusters: 2, nodesPerCluster: 4);
        var ceremony = Starving(grid.Generate(KeyKind.FrostSecp256k1, 2, nodes: Holders));
        await ceremony.RunAsync();
        Assert.Equal(Holders[..5], ceremony.Done.Order());
        foreach (var id in Holders[..5]) Assert.Equal(ShareState.Held, (await grid.ShareAsync(id, ceremony.Key)).State);
    }

    [Fact]
    public async Task Whoever_was_starved_of_the_version_that_others_voted_for_is_helped_and_votes_too()
    {
        await using var grid = await SharedGrid.StartAsync(clusters: 2, nodesPerCluster: 4);
        var first = await grid.Generate(KeyKind.Ed25519, 2, nodes: Holders).RunAsync();
        var refresh = Starving(grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified)));
        refresh.Propose = proposal => proposal.Kind == CeremonyProposalKind.Version ? proposal with { Dealers = [0, 1, 2, 3, 4, 5] } : proposal;
        await refresh.RunAsync();
        Assert.Empty(refresh.Done);
        Assert.Equal([CeremonyStage.Acknowledging, CeremonyStage.Voting, CeremonyStage.Voting, CeremonyStage.Voting, CeremonyStage.Voting], Enumerable.Range(0, 5).Select(place => refresh.Routes.StageOf((byte)place)!.Value));

        // Nobody helps who has no share of it, nobody is helped who needs none, and not by fewer or others than f + 1 holders.
        await grid["1/1"].RefusesAsync(RefusalCode.StateConflict, await grid.Help(refresh, "1/2", "1/1", "1/3", "1/4").OpeningAsync());
        await grid["1/2"].RefusesAsync(RefusalCode.StateConflict, await grid.Help(refresh, "1/2", "1/1", "1/3", "1/4").OpeningAsync());
        await grid["1/2"].RefusesAsync(RefusalCode.SessionMismatch, await grid.Help(refresh, "1/1", "1/2", "1/3").OpeningAsync());
        await grid["1/2"].RefusesAsync(RefusalCode.SessionMismatch, await grid.Help(refresh, "2/4", "1/2", "1/3", "1/4").OpeningAsync());
        await grid["1/2"].RefusesAsync(RefusalCode.SessionUnknown, await grid.Help(first, "1/1", "1/2", "1/3", "1/4").OpeningAsync());

        var help = await grid.Help(refresh, "1/1", "1/2", "1/3", "1/4").RunAsync();
        Assert.Equal(["1/1", "1/2", "1/3", "1/4"], help.Done.Order());
        await refresh.CarryAsync();
        Assert.Equal(Holders[..5], refresh.Done.Order());
        foreach (var id in Holders[..5])
        {
            grid.Enclaves.Restart(id);
            var share = await grid.ShareAsync(id, first.Key);
            Assert.Equal((ShareState.Held, refresh.Certified.Version.Hash()), (share.State, share.Certified.Version.Hash()));
        }
    }

    // What 2/2 says passes, but for its share for 1/1 and its vote, and it keeps the others' votes to itself; 2/3 is dead.
    private static TestCeremony Starving(TestCeremony ceremony)
    {
        var (victim, liar) = (NodeId.Parse("1/1"), NodeId.Parse("2/2"));
        ceremony.Silent.Add("2/3");
        ceremony.Tamper = (message, to) => message.Kind switch
        {
            CeremonyMessageKind.Vote when message.From == 5 || to.Node == liar => [],
            CeremonyMessageKind.Share when message.From == 5 && to.Node == victim => [],
            _ => [message],
        };
        return ceremony;
    }
}
