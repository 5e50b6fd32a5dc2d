using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Refresh;
using VaultGrid.Protocols.Tests.Dealing;
using VaultGrid.Protocols.Tests.Frost;

namespace VaultGrid.Protocols.Tests.Refresh;

/// <summary>Refresh and resharing, over the same network and against the same cheaters as key generation.</summary>
public sealed class NewVersionTests
{
    private static readonly Cheat[] Applicable =
    [
        Cheat.SilentFromTheStart, Cheat.SilentAfterDealing, Cheat.RaisesTheDegree, Cheat.LowersTheDegree, Cheat.WrongConstant, Cheat.DealsGarbage, Cheat.BadShareToOne,
        Cheat.BadShareToAll, Cheat.BadShareAndBadOpening, Cheat.BadShareAndNoOpening, Cheat.FalseComplaints, Cheat.VotesForNonsense, Cheat.TwoDealings,
    ];

    public static TheoryData<int, int, Cheat?> Refreshes
    {
        get
        {
            var data = new TheoryData<int, int, Cheat?>();
            foreach (var (n, f) in new[] { (4, 1), (7, 2), (3, 1), (5, 2) })
                foreach (var cheat in Applicable.Where(c => c != Cheat.WrongConstant).Cast<Cheat?>().Append(null))
                    data.Add(n, f, cheat);
            return data;
        }
    }

    public static TheoryData<int, int, int, int, Cheat?> Reshares
    {
        get
        {
            var data = new TheoryData<int, int, int, int, Cheat?>();
            foreach (var (n, f, n2, f2) in new[] { (4, 1, 7, 2), (7, 2, 4, 1), (3, 1, 5, 2), (5, 2, 5, 2), (4, 1, 4, 1) })
                foreach (var cheat in Applicable.Except([Cheat.FalseComplaints, Cheat.VotesForNonsense]).Cast<Cheat?>().Append(null))
                    data.Add(n, f, n2, f2, cheat);
            return data;
        }
    }

    [Theory, MemberData(nameof(Refreshes))]
    public void A_refresh_keeps_the_key_and_changes_every_share(int n, int f, Cheat? cheat)
    {
        var random = Seeded.New(out var seed);
        var old = Ceremonies.Shares(PrimeGroup.Secp256k1, n, f);
        var (run, _, cheaters) = Refresh(old, n, f, cheat, random);
        if (!Judge(run, cheaters, ThresholdParameters.Of(n, f).Value.SurvivesFaults, seed)) return;

        var honest = run.Shares.Where(pair => !cheaters.ContainsKey(pair.Key)).ToDictionary();
        Ceremonies.AssertOneKey(honest, n - cheaters.Count, seed);
        AssertSuccessor(old.Values.First().Key, honest.Values.First().Key);
        Assert.All(honest, pair => Assert.NotEqual(old[pair.Key].Secret.Reveal(), pair.Value.Secret.Reveal()));

        // f + 1 shares of mixed versions are not the key's.
        Dictionary<PartyIndex, KeyShare> mixed = [];
        foreach (var (index, share) in honest.Take(f)) mixed.Add(index, share);
        mixed.Add(old.Keys.First(i => !mixed.ContainsKey(i)), old[old.Keys.First(i => !mixed.ContainsKey(i))]);
        Assert.NotEqual(old.Values.First().Key.PublicKey, Ceremonies.Secret(mixed).TimesGenerator());
    }

    [Theory, MemberData(nameof(Reshares))]
    public void A_resharing_keeps_the_key_for_another_set(int n, int f, int n2, int f2, Cheat? cheat)
    {
        var random = Seeded.New(out var seed);
        var old = Ceremonies.Shares(PrimeGroup.Secp256k1, n, f);
        var (from, to) = (new DeviceKeys(n, f), new DeviceKeys(n2, f2));
        var cheaters = Cheaters(n, f, cheat, random);
        var ceremony = DealingCeremony.Reshare(old.Values.First().Key, Tagged.Hash("test", [3]), from.Roster, to.Roster);
        var run = new CeremonyRun(ceremony, from, to, random) { Cheats = cheaters, Old = old, RestartAlways = random.Next(2) == 0 }.Run();

        // A resharing takes the dealings of a quorum of the old holders, or two of one version could come out; the new set is honest here.
        if (!Judge(run, cheaters, ThresholdParameters.Of(n, f).Value.SurvivesFaults, seed)) return;
        Ceremonies.AssertOneKey(run.Shares, n2, seed);
        AssertSuccessor(old.Values.First().Key, run.Shares.Values.First().Key);
        var key = SigningKey.Of(FrostSuite.Taproot, run.Shares.Values.First().Key);
        Assert.Equal(SigningKey.Of(FrostSuite.Taproot, old.Values.First().Key).Encoded, key.Encoded);
        Assert.Equal(64, SigningTests.Sign(key, run.Shares.Values.Take(f2 + 1), [1]).Length);
    }

    [Fact]
    public void A_version_is_committed_by_2f_plus_1_sealed_statements()
    {
        var random = Seeded.New(out var seed);
        var old = Ceremonies.Shares(PrimeGroup.Secp256k1, 7, 2);
        var (run, keys, _) = Refresh(old, 7, 2, null, random);
        Assert.True(run.Aborted is null, seed);
        var ceremony = DealingCeremony.Refresh(old.Values.First().Key, Tagged.Hash("test", [2]), keys.Roster);
        var key = run.Shares.Values.First().Key;
        var statements = run.Shares.Values.Select(share => CommitCertificate.SaySealed(ceremony, share, keys.Of(share.Index))).ToArray();
        Assert.All(statements, statement => Assert.True(CommitCertificate.Counts(ceremony, key, statement)));
        Assert.False(CommitCertificate.Counts(ceremony, old.Values.First().Key, statements[0]));
        Assert.True(CommitCertificate.Holds(ceremony, key, run.Certificate!, QuorumCertificate.Of(key.Transcript, statements.Take(5))));
        Assert.False(CommitCertificate.Holds(ceremony, key, run.Certificate!, QuorumCertificate.Of(key.Transcript, statements.Take(4))));
        Assert.False(CommitCertificate.Holds(ceremony, key, run.Certificate!, QuorumCertificate.Of(key.Transcript, run.Certificate!.Votes)));
    }

    private static (CeremonyRun Run, DeviceKeys Keys, Dictionary<PartyIndex, Cheat> Cheaters) Refresh(
        IReadOnlyDictionary<PartyIndex, KeyShare> old, int n, int f, Cheat? cheat, Random random)
    {
        var keys = new DeviceKeys(n, f);
        var cheaters = Cheaters(n, f, cheat, random);
        var ceremony = DealingCeremony.Refresh(old.Values.First().Key, Tagged.Hash("test", [2]), keys.Roster);
        return (new CeremonyRun(ceremony, keys, keys, random) { Cheats = cheaters, Old = old, RestartAlways = random.Next(2) == 0 }.Run(), keys, cheaters);
    }

    private static Dictionary<PartyIndex, Cheat> Cheaters(int n, int f, Cheat? cheat, Random random) => cheat is { } script
        ? Enumerable.Range(1, n).OrderBy(_ => random.Next()).Take(f).ToDictionary(i => new PartyIndex(i), _ => script)
        : [];

    private static bool Judge(CeremonyRun run, Dictionary<PartyIndex, Cheat> cheaters, bool survives, string seed)
    {
        Assert.True(run.Culprits.All(cheaters.ContainsKey), $"an honest party was named: {string.Join(',', run.Culprits)} of {string.Join(',', cheaters.Keys)}, {seed}");
        if (survives) Assert.True(run.Aborted is null, $"{run.Aborted} {seed}");
        if (run.Aborted is not null) Assert.True(run.Culprits.Count > 0, $"an abort named nobody, {seed}");
        return run.Aborted is null;
    }

    private static void AssertSuccessor(SharedKey old, SharedKey next)
    {
        Assert.Equal(old.PublicKey, next.PublicKey);
        Assert.Equal(old.ChainCode, next.ChainCode);
        Assert.Equal(old.Version + 1, next.Version);
        Assert.NotEqual(old, next);
    }
}
