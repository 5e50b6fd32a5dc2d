using VaultGrid.Protocols;

namespace VaultGrid.Enclave.Tests;

/// <summary>One of four lies while a key is made: it is named where that can be, the other three finish, and nobody is left with a share that fits nothing.</summary>
public sealed class LyingDealerTests
{
    [Fact]
    public async Task Two_commitments_of_one_dealer_are_evidence_and_it_deals_nothing()
    {
        await using var grid = await SharedGrid.StartAsync();
        var (ceremony, liar) = await LyingMember.InPlaceOfAsync(grid, "2/2");
        using var second = liar.Start();
        await ceremony.OpenAsync();
        ceremony.Inject(liar.Say(CeremonyMessageKind.Commit, liar.Part.Said[0].Body));
        ceremony.Inject(liar.Say(CeremonyMessageKind.Commit, second.Said[0].Body));
        await ceremony.CarryAsync();
        Assert.Equal(["1/1", "1/2", "2/1"], ceremony.Done);
        Assert.Equal(["2/2"], ceremony.Culprits);
        Assert.All(ceremony.Routes.Faults, fault => Assert.Equal(2, fault.Evidence.Count));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_dealer_that_sends_one_a_bad_share_or_none_is_left_out(bool isBad)
    {
        await using var grid = await SharedGrid.StartAsync();
        var (ceremony, liar) = await LyingMember.InPlaceOfAsync(grid, "2/2");
        await ceremony.OpenAsync();
        ceremony.Inject(liar.Say(CeremonyMessageKind.Commit, liar.Part.Said[0].Body));
        ceremony.Listen = message =>
        {
            if (Kind(message) is { } kind) liar.Part.Receive(kind, message.Body.Span);
            var answers = new List<CeremonyMessage>();
            foreach (var output in liar.Part.Advance(null))
            {
                if (output.Kind is DealingOutputKind.Opening) continue;
                answers.Add(liar.Say(Kind(output.Kind), output.Body));
                if (output.Kind != DealingOutputKind.Dealing) continue;
                for (byte to = 0; to < 3; to++)
                {
                    using var share = liar.Part.ShareFor(new PartyIndex(to + 1));
                    using var bad = SecretBytes.Random(32);
                    if (to > 0) answers.Add(liar.Share(to, share));
                    else if (isBad) answers.Add(liar.Share(to, bad));
                }
            }

            return answers;
        };
        await ceremony.CarryAsync();
        Assert.Equal(["1/1", "1/2", "2/1"], ceremony.Done);
        foreach (var id in ceremony.Done) Assert.Equal(ShareState.Held, (await grid.ShareAsync(id, ceremony.Key)).State);
    }

    [Fact]
    public async Task What_the_coordinator_makes_up_displaces_nothing_and_blames_nobody()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ceremony = grid.Generate(KeyKind.FrostSecp256k1);
        var random = new Random(7);
        ceremony.Tamper = (message, _) =>
        {
            var forged = message.Body.ToArray();
            forged[random.Next(forged.Length)] ^= (byte)(1 + random.Next(255));
            return [message with { Body = forged }, message with { From = (byte)((message.From + 1) % 4) }, message, message];
        };
        await ceremony.RunAsync();
        Assert.Equal(grid.All, ceremony.Done);
        Assert.Empty(ceremony.Culprits);
    }

    [Fact]
    public async Task A_second_ceremony_of_the_same_name_waits_for_the_first_to_end_once_it_was_voted_in()
    {
        await using var grid = await SharedGrid.StartAsync();
        var (one, two) = (grid.Generate(KeyKind.FrostSecp256k1), grid.Generate(KeyKind.FrostSecp256k1));

        // Before the vote one gives way to the other; after it, neither a coordinator nor a restart makes an enclave vote twice.
        await one.OpenAsync();
        await two.OpenAsync();
        await grid["1/1"].RefusesAsync(RefusalCode.SessionUnknown, new CeremonyStatusCall(one.Plan.Id));
        two.Tamper = (message, _) => message.Kind == CeremonyMessageKind.Vote ? [] : [message];
        await two.CarryAsync(proposals: 0);
        Assert.Empty(two.Done);
        await grid["1/1"].RefusesAsync(RefusalCode.StateConflict, await one.OpeningAsync());
        await grid["1/1"].RefusesAsync(RefusalCode.StateConflict, new CloseCeremonyCall(two.Plan.Id));
        grid.Enclaves.Restart("1/1");
        await grid["1/1"].RefusesAsync(RefusalCode.StateConflict, await one.OpeningAsync());
        two.Tamper = null;
        await two.RecoverAsync();
        await two.CarryAsync();
        Assert.Equal(grid.All, two.Done);
    }

    private static DealingOutputKind? Kind(CeremonyMessage message) => message.Kind switch
    {
        CeremonyMessageKind.Commit => DealingOutputKind.Commit,
        CeremonyMessageKind.ListVote => DealingOutputKind.ListVote,
        CeremonyMessageKind.Dealing => DealingOutputKind.Dealing,
        CeremonyMessageKind.Acknowledgement => DealingOutputKind.Acknowledgement,
        _ => null,
    };

    private static CeremonyMessageKind Kind(DealingOutputKind kind) => kind switch
    {
        DealingOutputKind.Commit => CeremonyMessageKind.Commit,
        DealingOutputKind.ListVote => CeremonyMessageKind.ListVote,
        DealingOutputKind.Dealing => CeremonyMessageKind.Dealing,
        _ => CeremonyMessageKind.Acknowledgement,
    };
}
