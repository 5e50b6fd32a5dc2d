using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Tests.Dealing;

public sealed class KeyGenerationTests
{
    private static readonly (int N, int F)[] Grid = [(4, 1), (7, 2), (3, 1), (5, 2)];

    public static TheoryData<int, int, Cheat> CheatsOnTheGrid
    {
        get
        {
            var data = new TheoryData<int, int, Cheat>();
            foreach (var (n, f) in Grid)
                foreach (var cheat in Enum.GetValues<Cheat>().Except([Cheat.WrongConstant, Cheat.TwoDealings]))
                    data.Add(n, f, cheat);
            return data;
        }
    }

    [Theory]
    [InlineData("secp256k1", 4, 1)]
    [InlineData("ed25519", 4, 1)]
    [InlineData("ristretto255", 3, 1)]
    [InlineData("BLS12-381-G1", 4, 1)]
    [InlineData("secp256k1", 7, 2)]
    public void Honest_parties_get_shares_of_one_key(string name, int n, int f)
    {
        var random = Seeded.New(out var seed);
        var run = Ceremonies.Generate(Ceremonies.Group(name), n, f, random).Run();
        Assert.True(run.Aborted is null, $"{run.Aborted} {seed}");
        Ceremonies.AssertOneKey(run.Shares, n, seed);
    }

    [Theory, MemberData(nameof(CheatsOnTheGrid))]
    public void With_f_cheaters_the_honest_finish_or_the_cheaters_are_named(int n, int f, Cheat cheat)
    {
        var random = Seeded.New(out var seed);
        var cheaters = Enumerable.Range(1, n).OrderBy(_ => random.Next()).Take(f).ToDictionary(i => new PartyIndex(i), _ => cheat);
        var run = Ceremonies.Generate(PrimeGroup.Secp256k1, n, f, random, cheaters).Run();

        Assert.True(run.Culprits.All(cheaters.ContainsKey), $"an honest party was named: {string.Join(',', run.Culprits)} of {string.Join(',', cheaters.Keys)}, {seed}");
        if (ThresholdParameters.Of(n, f).Value.SurvivesFaults) Assert.True(run.Aborted is null, $"{run.Aborted} {seed}");
        if (run.Aborted is not null)
        {
            Assert.True(run.Culprits.Count > 0, $"an abort named nobody, {seed}");
            Assert.Empty(run.Shares);
            return;
        }
        var honest = run.Shares.Where(pair => !cheaters.ContainsKey(pair.Key)).ToDictionary();
        Ceremonies.AssertOneKey(honest, n - f, seed);
        if (cheat is Cheat.TwoCommits or Cheat.DealsAnotherPolynomial or Cheat.RaisesTheDegree or Cheat.LowersTheDegree or Cheat.RogueKey or Cheat.DealsGarbage
            or Cheat.BadShareAndBadOpening)
            Assert.True(run.Culprits.SequenceEqual(cheaters.Keys.Order()), $"not all cheaters were named: {string.Join(',', run.Culprits)}, {seed}");
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(3, 1)]
    public void Every_party_may_restart_between_any_two_steps(int n, int f)
    {
        var random = Seeded.New(out var seed);
        var run = Ceremonies.Generate(PrimeGroup.Ed25519, n, f, random, restart: true).Run();
        Assert.True(run.Aborted is null, $"{run.Aborted} {seed}");
        Ceremonies.AssertOneKey(run.Shares, n, seed);
    }

    [Fact]
    public void Whoever_missed_the_ceremony_computes_its_public_result()
    {
        var random = Seeded.New(out _);
        var keys = new DeviceKeys(4, 1);
        var ceremony = DealingCeremony.Generate(PrimeGroup.Secp256k1, Tagged.Hash("test", [1]), keys.Roster);
        var run = new CeremonyRun(ceremony, keys, keys, random).Run();
        var result = TranscriptCertificate.Result(ceremony, run.Certified, run.Transcript!, run.Certificate!).Value;
        Assert.Equal(run.Shares.Values.First().Key, result);
        Assert.Equal(result, SharedKey.Parse(PrimeGroup.Secp256k1, result.ToBytes()).Value);

        // One vote less is no certificate.
        var short1 = QuorumCertificate.Of(run.Certificate!.Digest, run.Certificate.Votes.Take(2));
        Assert.NotNull(TranscriptCertificate.Result(ceremony, run.Certified, run.Transcript!, short1).Fault);
        var doubled = QuorumCertificate.Of(run.Certificate.Digest, [.. run.Certificate.Votes.Take(2), run.Certificate.Votes[0]]);
        Assert.NotNull(TranscriptCertificate.Result(ceremony, run.Certified, run.Transcript!, doubled).Fault);
    }

    [Fact]
    public void The_chain_code_is_the_hash_of_the_transcript()
    {
        var run = Ceremonies.Generate(PrimeGroup.Secp256k1, 3, 1, Seeded.New(out _)).Run();
        var key = run.Shares.Values.First().Key;
        Assert.Equal(new Hash256(System.Security.Cryptography.SHA256.HashData([.. "VaultGrid/v1/chain-code"u8, .. key.Transcript.AsSpan()])), key.ChainCode);
    }

    [Fact]
    public void Messages_of_one_ceremony_say_nothing_in_another()
    {
        var keys = new DeviceKeys(4, 1);
        var first = DealingCeremony.Generate(PrimeGroup.Secp256k1, Tagged.Hash("test", [1]), keys.Roster);
        var second = DealingCeremony.Generate(PrimeGroup.Secp256k1, Tagged.Hash("test", [2]), keys.Roster);
        using var dealer = CommittedDealer.Start(first, new(1), keys.Of(new(1)));
        Assert.True(new DealingAssembly(first).AddCommit(dealer.Commit));
        Assert.False(new DealingAssembly(second).AddCommit(dealer.Commit));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(3, 0)]
    [InlineData(65, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Parameters_out_of_range_are_refused(int n, int f) => Assert.Equal(RefusalCode.InputUnsupported, ThresholdParameters.Of(n, f).Refusal!.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(-1)]
    public void There_is_no_party_zero(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => new PartyIndex(index));
}
