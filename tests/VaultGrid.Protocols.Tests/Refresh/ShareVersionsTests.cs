using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Refresh;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Refresh;

/// <summary>The switch from one version to the next, with crashes between any two steps of any node, in every order.</summary>
public sealed class ShareVersionsTests
{
    private const int N = 4, F = 1;

    private static readonly SharedKey Old = Ceremonies.Shares(PrimeGroup.Secp256k1, N, F).Values.First().Key;

    private static readonly SharedKey Next = new(Old.Parameters, 2, Old.Commitment, Old.ChainCode, Tagged.Hash("next", []));

    private static readonly SharedKey Rival = new(Old.Parameters, 2, Old.Commitment, Old.ChainCode, Tagged.Hash("rival", []));

    private static ShareVersions Start => new() { InForce = 1, HoldsInForce = true };

    /// <summary>
    /// A node does at most: seal the new share, learn the commit certificate (which exists once 2f + 1 have sealed), destroy the old share; it may stop for ever after any
    /// of them. Walks every reachable state of four nodes, and in each looks for the one version that f + 1 nodes can sign with.
    /// </summary>
    [Fact]
    public void In_every_order_of_every_step_exactly_one_version_is_usable()
    {
        var seen = new HashSet<(int, int, int, int)>();
        var waiting = new Stack<int[]>([[0, 0, 0, 0]]);
        var switched = 0;
        while (waiting.TryPop(out var state))
        {
            if (!seen.Add((state[0], state[1], state[2], state[3]))) continue;
            var nodes = state.Select(At).ToArray();
            var committed = state.Count(step => step >= 1) >= (2 * F) + 1;

            var holdsOld = nodes.Count(node => (node.InForce == 1 && node.HoldsInForce) || node.ToDestroy == 1);
            var holdsNew = nodes.Count(node => (node.InForce == 2 && node.HoldsInForce) || node.Pending == Next.Transcript);
            Assert.True(committed ? holdsNew >= F + 1 : holdsOld >= F + 1, string.Join(',', state));

            // What may sign at a node is one version; the new one signs only once it is committed, and then can do so everywhere.
            Assert.All(nodes, node => Assert.False(node.MaySign(1) && node.MaySign(2)));
            if (!committed) Assert.All(nodes, node => Assert.False(node.MaySign(2)));
            if (committed) switched++;

            for (var i = 0; i < N; i++)
            {
                if (state[i] == 3 || (state[i] == 1 && !committed)) continue;
                var next = state.ToArray();
                next[i]++;
                waiting.Push(next);
            }
        }
        Assert.True(switched > 0);
        Assert.True(seen.Count > 100);
    }

    [Fact]
    public void Every_step_may_be_repeated_after_a_crash()
    {
        var sealedOnce = Start.Sealed(Next).Value;
        Assert.Equal(sealedOnce, sealedOnce.Sealed(Next).Value);
        var committed = sealedOnce.Committed(Next).Value;
        Assert.Equal(committed, committed.Committed(Next).Value);
        Assert.Equal(committed.Destroyed(), committed.Destroyed().Destroyed());
        Assert.Equal(1u, committed.ToDestroy);
        Assert.True(committed.MaySign(2));
        Assert.False(committed.MaySign(1));
    }

    [Fact]
    public void One_pending_version_keeps_another_out()
    {
        Assert.Equal(RefusalCode.StateConflict, Start.Sealed(Next).Value.Sealed(Rival).Refusal!.Code);
        Assert.Equal(RefusalCode.StateConflict, Start.Sealed(Next).Value.GivenUp(saidSealed: true).Refusal!.Code);
        Assert.Null(Start.Sealed(Next).Value.GivenUp(saidSealed: false).Value.Pending);
    }

    [Fact]
    public void Whoever_missed_a_version_has_nothing_to_sign_with_until_its_share_is_repaired()
    {
        var missed = Start.Committed(Next).Value;
        Assert.False(missed.MaySign(1));
        Assert.False(missed.MaySign(2));
        Assert.Equal(1u, missed.ToDestroy);
        Assert.True(missed.Repaired().MaySign(2));

        // A pending share of a rival ceremony does not become the share in force.
        Assert.False(Start.Sealed(Rival).Value.Committed(Next).Value.MaySign(2));
    }

    [Fact]
    public void Versions_come_one_by_one_and_never_back()
    {
        var third = new SharedKey(Old.Parameters, 3, Old.Commitment, Old.ChainCode, Tagged.Hash("third", []));
        Assert.Equal(RefusalCode.StateConflict, Start.Sealed(third).Refusal!.Code);
        Assert.Equal(RefusalCode.StateStale, Start.Committed(third).Refusal!.Code);
        var second = Start.Committed(Next).Value;
        Assert.Equal(RefusalCode.StateStale, second.Committed(Old).Refusal!.Code);
        Assert.Equal(RefusalCode.StateConflict, second.Sealed(Next).Refusal!.Code);
    }

    private static ShareVersions At(int step) => step switch
    {
        0 => Start,
        1 => Start.Sealed(Next).Value,
        2 => Start.Sealed(Next).Value.Committed(Next).Value,
        _ => Start.Sealed(Next).Value.Committed(Next).Value.Destroyed(),
    };
}
