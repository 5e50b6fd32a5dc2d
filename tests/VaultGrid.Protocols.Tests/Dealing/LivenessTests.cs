using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>n ≥ 3f + 1: whatever f members do, the honest ones finish, all with a share of the same version.</summary>
public sealed class LivenessTests
{
    private static readonly Lie[] Lies = Enum.GetValues<Lie>();

    // More with VAULTGRID_LONG, the number of runs for each row.
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("VAULTGRID_LONG"), out var runs) ? runs : 2;

    public static TheoryData<int, int, Lie, Lie> Pairs
    {
        get
        {
            var data = new TheoryData<int, int, Lie, Lie>();
            foreach (var first in Lies)
                foreach (var second in Lies.Where(second => second >= first)) data.Add(7, 2, first, second);
            foreach (var lie in Lies) data.Add(4, 1, lie, lie);
            return data;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void A_refresh_finishes_with_f_faulty_members(int n, int f, Lie first, Lie second) => Each(random =>
    {
        var old = Ceremonies.Shares(PrimeGroup.Secp256k1, n, f);
        var keys = new NodeKeys(n);
        var ceremony = DealingCeremony.Refresh(old.Values.First().Key, Tagged.Hash("test", [1]), keys.Roster([.. Enumerable.Range(0, n)], f));
        return (new MemberNetwork(ceremony, Same(n, i => old[i]), keys, Liars(n, f, first, second, random), random), n - f, old.Values.First().Key);
    });

    [Theory, MemberData(nameof(Pairs))]
    public void A_key_is_generated_with_f_faulty_members(int n, int f, Lie first, Lie second) => Each(random =>
    {
        var keys = new NodeKeys(n);
        var ceremony = DealingCeremony.Generate(PrimeGroup.Secp256k1, Tagged.Hash("test", [2]), keys.Roster([.. Enumerable.Range(0, n)], f));
        return (new MemberNetwork(ceremony, Same(n, _ => null), keys, Liars(n, f, first, second, random), random), n - f, null);
    });

    [Theory, MemberData(nameof(Pairs))]
    public void Four_share_anew_among_seven_with_one_faulty_of_the_old_and_two_of_the_new(int n, int f, Lie first, Lie second) => Each(random =>
    {
        // Places 0 to 3 are the old holders, of which two stay; 4 to 8 are new. A liar among those that stay lies twice.
        _ = (n, f);
        var old = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);
        var keys = new NodeKeys(9);
        int[] receivers = [2, 3, 4, 5, 6, 7, 8];
        var ceremony = DealingCeremony.Reshare(old.Values.First().Key, Tagged.Hash("test", [3]), keys.Roster([0, 1, 2, 3], 1), keys.Roster(receivers, 2));
        var stays = random.Next(2) == 0;
        var liars = new Dictionary<int, Lie> { [stays ? 3 : 0] = first, [4 + random.Next(5)] = second };
        if (!stays) liars[4 + ((liars.Keys.Max() - 4 + 1) % 5)] = second;
        var nodes = Enumerable.Range(0, 9).Select(node => (node, node < 4 ? new PartyIndex(node + 1) : (PartyIndex?)null,
            Array.IndexOf(receivers, node) is >= 0 and var at ? new PartyIndex(at + 1) : (PartyIndex?)null, node < 4 ? old[new PartyIndex(node + 1)] : null)).ToArray();
        return (new MemberNetwork(ceremony, nodes, keys, liars, random), 7 - liars.Keys.Count(receivers.Contains), old.Values.First().Key);
    });

    [Fact]
    public void A_version_with_a_dealer_that_starves_somebody_is_one_vote_short_until_the_others_help()
    {
        // One dead, one starves a single receiver, acknowledges and does not vote: of seven, four can vote for a version with its dealing. It takes five, and nobody votes twice.
        foreach (var helps in (bool[])[false, true])
        {
            var random = Seeded.New(out var seed);
            var old = Ceremonies.Shares(PrimeGroup.Secp256k1, 7, 2);
            var keys = new NodeKeys(7);
            var ceremony = DealingCeremony.Refresh(old.Values.First().Key, Tagged.Hash("test", [4]), keys.Roster([.. Enumerable.Range(0, 7)], 2));
            var lies = new Dictionary<int, Lie> { [5] = Lie.StarvesWithBadShares, [6] = Lie.Dead };
            using var network = new MemberNetwork(ceremony, Same(7, i => old[i]), keys, lies, random) { Forced = [0, 1, 2, 3, 4, 5], Helps = helps, Starved = [2] }.Run(mostQuiet: 12);
            Assert.Equal(helps ? 5 : 4, network.Votes);
            Assert.True(network.Certified is not null == helps, seed);
            Assert.Equal([5], network.Named);
            if (helps) Ceremonies.AssertOneKey(network.Shares, 5, seed);
        }
    }

    private static void Each(Func<Random, (MemberNetwork Network, int Honest, SharedKey? Old)> make)
    {
        for (var run = 0; run < Runs; run++)
        {
            var random = Seeded.New(out var seed);
            var (network, honest, old) = make(random);
            using (network)
            {
                network.Run();
                Assert.True(network.Named.IsSubsetOf(network.Liars), $"{string.Join(", ", network.Named)} named, {seed}");
                Assert.True(network.Certified is not null, $"no version after {network.Quiet} quiet moments and {network.Votes} votes, run {run}, {seed}");
                Ceremonies.AssertOneKey(network.Shares, honest, seed);
                var made = network.Shares.Values.First().Key;
                Assert.Equal(network.Certified, made.Transcript);
                if (old is not null) Assert.Equal(old.PublicKey, made.PublicKey);
            }
        }
    }

    private static (int Number, PartyIndex? Dealer, PartyIndex? Receiver, KeyShare? Old)[] Same(int n, Func<PartyIndex, KeyShare?> old) =>
        [.. Enumerable.Range(0, n).Select(i => (i, (PartyIndex?)new PartyIndex(i + 1), (PartyIndex?)new PartyIndex(i + 1), old(new PartyIndex(i + 1))))];

    private static Dictionary<int, Lie> Liars(int n, int f, Lie first, Lie second, Random random)
    {
        var chosen = Enumerable.Range(0, n).OrderBy(_ => random.Next()).Take(f).ToArray();
        return chosen.ToDictionary(node => node, node => node == chosen[0] ? first : second);
    }
}
