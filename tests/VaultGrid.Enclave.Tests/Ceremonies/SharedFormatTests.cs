namespace VaultGrid.Enclave.Tests;

/// <summary>What is signed, hashed or sealed about shared keys keeps its bytes. The expected hashes were computed apart from this code, from docs/formats.md.</summary>
public sealed class SharedFormatTests
{
    private static readonly KeyHolder[] Holders = [new(NodeId.Parse("1/1"), H(1)), new(NodeId.Parse("2/7"), H(2)), new(NodeId.Parse("2/8"), H(3))];

    private static KeyVersion Version => new(H(5), 2, H(6), H(8), Holders, 1, new byte[] { 1, 2, 3 }, new byte[] { 4, 5 });

    private static CallBody Call => new()
    {
        Action = SignParameters.Action, Target = new CallTarget.Key(H(5)), Cluster = new ClusterId(1), Clusters = ClusterSet.Of(1, 3), Parameters = H(9),
        Expires = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), Nonce = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray(), AnswerKey = new byte[] { 4 }.Concat(new byte[64]).ToArray(),
    };

    private static SignParameters Parameters => new(
        new SigningSubject.Message(SigningAlgorithm.Taproot, new byte[] { 1, 2 }, TaprootTweak.Key), DerivationPath.Parse("m/0/5").Value);

    [Fact]
    public void A_plan_keeps_its_bytes()
    {
        var plan = new CeremonyPlan(H(4), CeremonyKind.Reshare, H(5), H(6), H(7), Holders, [0, 1, 2], [1, 2, 0], 1);
        Same("0x0912e2c62d2c8563c0b4114e7e0213c18802acc367a8497199c8c847778be137", plan.ToBytes());
        Assert.Equal("0xce3f42c8a39723c236b95d08b07a80655fba717da2b27e57173558e0c4dca0c7", plan.Hash().ToString());
        Assert.Equal(plan.ToBytes(), CeremonyPlan.Parse(plan.ToBytes()).Value.ToBytes());
        Assert.NotNull(CeremonyPlan.Parse([.. plan.ToBytes(), 0]).Refusal);
    }

    [Fact]
    public void A_version_and_a_vote_for_it_keep_their_bytes()
    {
        Same("0xb080c9b27a87a633d1270be91baeb5bdc244818c9b80b7dc5501be2bf1b3adf5", Version.ToBytes());
        Same("0xa984749910aca9953fcad7ed772db73b89c196399026826549980a4a91f882bc", (Version with { Number = 1, Previous = null }).ToBytes());
        Same("0xdcfacc86e9e8bc14cd448e5e88fbc9c1e18fabed9354d06c289f2dc1229ec20a", VersionVote.Statement(Version));
        Assert.Equal(Version.ToBytes(), KeyVersion.Parse(Version.ToBytes()).Value.ToBytes());
        Assert.NotNull(KeyVersion.Parse(Version.ToBytes().AsSpan()[..^1]).Refusal);
    }

    [Fact]
    public void Calls_on_shared_keys_keep_their_bytes()
    {
        Same("0x7f0e9cdd603b2ec34c7171ed858bed9a17f6b1951188afbf1f7b31596020e830", Parameters.ToBytes());
        Same("0x08c81336777b3e411a57fe44630e19a450999188a992903cccc6aadc50d4435d", Call.ToBytes());
        Assert.Equal(Call.Clusters, CallBody.Parse(Call.ToBytes()).Value.Clusters);
        Assert.NotNull(CallBody.Parse([3, .. Call.ToBytes().AsSpan()[1..]]).Refusal);
        var document = new CallDocument(new SignedCall(Call.ToBytes(), new byte[] { 1 }, new byte[] { 2 }), Parameters.ToBytes());
        Same("0xd1b3e9b73cc6f7365d02643c3aca71c51044c572597f0ebe916165f78cd14242", document.ToBytes());
        Assert.Equal(document.Hash(), Hash256.Sha256(document.ToBytes()));
        Assert.True(CallDocument.Is(document.ToBytes()));
        Same("0x77db7b8d86f4fae986448f348aad9dfef771a1d2433e3733f243670da6fbcf21", EvaluateAnswer.Header(Call.ToBytes(), H(6), 3));
        Same("0x02caa9b6c164803e6f9934dacbf13347a28b8132172dcf0416b78a30b02e33aa", ShareBackup.Header(Version, NodeId.Parse("2/7"), 2));
    }

    private static Hash256 H(byte number) => Hash256.Sha256([number]);

    private static void Same(string hash, byte[] bytes) => Assert.Equal(hash, Hash256.Sha256(bytes).ToString());
}
