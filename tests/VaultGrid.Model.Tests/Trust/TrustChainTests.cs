namespace VaultGrid.Model.Tests.Trusts;

public sealed class TrustChainTests
{
    private static readonly TrustGrid Grid = TrustGrid.Shared;

    [Fact]
    public void A_chain_is_verified_back_to_the_first_hash()
    {
        var first = Grid.First();
        var second = Grid.Second(first);
        var chain = TrustChain.Verify([first, second], first.Hash, Grid.Verifier).Value;
        Assert.Equal(second.Hash, chain.Newest.Hash);
        Assert.Same(chain, chain.With(first, Grid.Verifier).Value);
        Assert.Equal(RefusalCode.TrustChain, TrustChain.Verify([first, second], second.Hash, Grid.Verifier).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustChain, TrustChain.Verify([second], second.Hash, Grid.Verifier).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustChain, TrustChain.Verify([first, first], first.Hash, Grid.Verifier).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustChain, TrustChain.Verify([], first.Hash, Grid.Verifier).Refusal?.Code);
    }

    [Fact]
    public void A_chain_goes_on_from_a_Trust_that_was_known()
    {
        var first = Grid.First();
        var second = Grid.Second(first);
        Assert.Equal(2ul, TrustChain.Resume(first, first.Hash).With(second, Grid.Verifier).Value.Newest.Body.Number);
        Assert.Equal(RefusalCode.TrustChain, TrustChain.Resume(second, first.Hash).With(first, Grid.Verifier).Refusal?.Code);
    }

    [Fact]
    public void Two_successors_are_evidence_and_neither_counts()
    {
        var first = Grid.First();
        var (one, other) = (Grid.Second(first), Rival(first));
        var chain = TrustChain.Verify([first, one], first.Hash, Grid.Verifier).Value;
        var third = Grid.Sealed(Grid.SignedBy(Trust.Of(Grid.Body(one.Body, [0, 1], [0, 1, 2, 3, 4], 3)), 0, 1, 2), time: TrustGrid.Now.AddHours(2));
        chain = chain.With(third, Grid.Verifier).Value;

        var forked = chain.With(other, Grid.Verifier).Value;
        Assert.Equal((one.Hash, other.Hash), (forked.Fork!.One.Hash, forked.Fork.Other.Hash));
        Assert.Equal(first.Hash, forked.Newest.Hash);
        Assert.Equal(RefusalCode.TrustForked, forked.Find(one.Hash).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustForked, forked.Find(other.Hash).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustUnknown, forked.Find(third.Hash).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustForked, forked.With(one, Grid.Verifier).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustForked, forked.With(third, Grid.Verifier).Refusal?.Code);
    }

    [Fact]
    public void The_order_in_which_a_fork_is_seen_does_not_matter()
    {
        var first = Grid.First();
        var (one, other) = (Grid.Second(first), Rival(first));
        foreach (var order in new[] { new[] { one, other }, [other, one] })
        {
            var chain = TrustChain.Begin(first, first.Hash, Grid.Verifier).Value;
            foreach (var trust in order) chain = chain.With(trust, Grid.Verifier).Value;
            Assert.NotNull(chain.Fork);
            Assert.Equal(first.Hash, chain.Newest.Hash);
        }
    }

    [Fact]
    public void A_rival_that_does_not_count_cuts_nothing()
    {
        var first = Grid.First();
        var chain = TrustChain.Verify([first, Grid.Second(first)], first.Hash, Grid.Verifier).Value;
        var forged = Grid.Sealed(Grid.SignedBy(Trust.Of(Grid.Body(first.Body, [0], [0, 1, 2, 3, 4], 3)), 0, 1), time: TrustGrid.Now.AddHours(1));
        Assert.Equal(RefusalCode.TrustQuorum, chain.With(forged, Grid.Verifier).Refusal?.Code);
        Assert.Null(chain.Fork);
        var elsewhere = Grid.Body(null, [0], [0, 1, 2, 3, 4], 3, TrustId.FromRandom(new byte[16]));
        Assert.Equal(RefusalCode.TrustChain, chain.With(Grid.Sealed(Grid.SignedBy(Trust.Of(elsewhere), 0, 1, 2)), Grid.Verifier).Refusal?.Code);
    }

    private static Trust Rival(Trust first) =>
        Grid.Sealed(Grid.SignedBy(Trust.Of(Grid.Body(first.Body, [0, 2], [0, 1, 2, 3, 4], 3)), 2, 3, 4), hsm: 2, TrustGrid.Now.AddHours(1));
}
