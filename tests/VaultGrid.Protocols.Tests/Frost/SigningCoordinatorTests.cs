using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Frost;

/// <summary>One signature over a simulated network, with signers that are silent, late, or lie.</summary>
public sealed class SigningCoordinatorTests
{
    public enum Manner
    {
        Honest,
        Silent,
        SilentAfterCommitment,
        BadShare,
        Refuses,
        SilentThenLate,
    }

    public static TheoryData<int, int, Manner, bool> Everything
    {
        get
        {
            var data = new TheoryData<int, int, Manner, bool>();
            foreach (var (n, f) in new[] { (4, 1), (7, 2), (3, 1), (5, 2) })
                foreach (var manner in Enum.GetValues<Manner>())
                    foreach (var pooled in new[] { false, true })
                        data.Add(n, f, manner, pooled);
            return data;
        }
    }

    [Theory, MemberData(nameof(Everything))]
    public void It_finishes_with_any_f_plus_one_honest_parties(int n, int f, Manner manner, bool offersNext)
    {
        for (var round = 0; round < 5; round++)
        {
            var random = Seeded.New(out var seed);
            var shares = Ceremonies.Shares(PrimeGroup.Secp256k1, n, f);
            var key = SigningKey.Of(FrostSuite.Taproot, shares.Values.First().Key);
            var others = Enumerable.Range(1, n).OrderBy(_ => random.Next()).Take(n - f - 1).Select(i => new PartyIndex(i)).ToHashSet();

            var (signature, coordinator, sessions) = Run(key, shares, party => others.Contains(party) ? manner : Manner.Honest, offersNext, random);

            Assert.True(signature is not null, $"no signature, {seed}");
            Assert.True(FrostSuite.Taproot.Verify(key.PublicKey, "message"u8, signature));
            Assert.True(sessions <= n - f, $"{sessions} sessions, {seed}");
            var blamed = coordinator.Faults.SelectMany(fault => fault.Culprits).ToHashSet();
            Assert.True(blamed.IsSubsetOf(others), $"an honest party was blamed, {seed}");
            if (manner is not Manner.BadShare) Assert.Empty(blamed);
        }
    }

    [Fact]
    public void With_fewer_than_f_plus_one_left_it_says_so_and_names_them()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Secp256k1, 3, 1);
        var key = SigningKey.Of(FrostSuite.Taproot, shares.Values.First().Key);
        var (signature, coordinator, _) = Run(key, shares, party => party.Value <= 2 ? Manner.BadShare : Manner.Honest, true, Seeded.New(out _));
        Assert.Null(signature);
        Assert.Equal([new PartyIndex(1), new PartyIndex(2)], coordinator.Faults.SelectMany(fault => fault.Culprits).Order());
    }

    [Fact]
    public void It_asks_f_plus_one_first_and_those_preferred()
    {
        var key = SigningKey.Of(FrostSuite.Taproot, Ceremonies.Shares(PrimeGroup.Secp256k1, 7, 2).Values.First().Key);
        var start = new SigningCoordinator(key, [1], [new(6), new(2)]).Start();
        Assert.Equal([new(6), new(2), new(1)], start.Cast<SigningAction.AskForCommitment>().Select(ask => ask.Party));
    }

    private static (byte[]? Signature, SigningCoordinator Coordinator, int Sessions) Run(
        SigningKey key, IReadOnlyDictionary<PartyIndex, KeyShare> shares, Func<PartyIndex, Manner> mannerOf, bool offersNext, Random random)
    {
        var pools = shares.ToDictionary(pair => pair.Key, pair => new NoncePool(key.Suite, pair.Value));
        var coordinator = new SigningCoordinator(key, "message"u8);
        var events = new List<Func<IReadOnlyList<SigningAction>>>();
        var sessions = 0;
        byte[]? signature = null;
        Do(coordinator.Start());
        for (var steps = 0; events.Count > 0 && signature is null; steps++)
        {
            Assert.True(steps < 1000, "no end");
            var at = random.Next(events.Count);
            var next = events[at];
            events.RemoveAt(at);
            if (random.Next(6) == 0) events.Add(next); // delivered twice
            Do(next());
        }
        return (signature, coordinator, sessions);

        void Do(IReadOnlyList<SigningAction> actions)
        {
            foreach (var action in actions)
            {
                switch (action)
                {
                    case SigningAction.AskForCommitment(var silent) when mannerOf(silent) is Manner.Silent:
                        events.Add(() => coordinator.TimedOut(silent));
                        break;
                    case SigningAction.AskForShare late when mannerOf(late.Party) is Manner.SilentAfterCommitment or Manner.SilentThenLate:
                        events.Add(() => coordinator.TimedOut(late.Party));
                        if (mannerOf(late.Party) == Manner.SilentThenLate) events.Add(() => Signed(late));
                        break;
                    case SigningAction.AskForCommitment(var party):
                        var commitment = pools[party].Prepare().Value;
                        events.Add(() => coordinator.Committed(commitment));
                        break;
                    case SigningAction.AskForShare ask:
                        sessions = Math.Max(sessions, ask.Session + 1);
                        if (mannerOf(ask.Party) == Manner.Refuses)
                            events.Add(() => coordinator.Failed(ask.Party, new ProtocolFault.Refused(new Refusal(RefusalCode.CallerRefused, "not here"))));
                        else
                            events.Add(() => Signed(ask));
                        break;
                    case SigningAction.Finished(var bytes):
                        signature = bytes;
                        break;
                    case SigningAction.Impossible:
                        events.Clear();
                        break;
                    default:
                        throw new InvalidOperationException(action.ToString());
                }
            }
        }

        IReadOnlyList<SigningAction> Signed(SigningAction.AskForShare ask)
        {
            if (!pools[ask.Party].Sign(key, ask.Package).Is(out var share, out _)) return []; // the same message again: the nonce is gone
            if (mannerOf(ask.Party) == Manner.BadShare) share = share with { Z = share.Z + share.Z };
            return coordinator.Signed(ask.Session, share, offersNext ? pools[ask.Party].Prepare().Value : null);
        }
    }
}
