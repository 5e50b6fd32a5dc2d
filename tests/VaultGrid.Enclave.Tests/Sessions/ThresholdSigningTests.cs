using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Enclave.Tests;

/// <summary>Threshold signatures through the enclaves' calls, two of three clusters.</summary>
public sealed class ThresholdSigningTests() : AccountSessions(clusters: 3, threshold: 2)
{
    [Theory]
    [InlineData("1/1", "2/1")]
    [InlineData("3/1", "1/1")]
    [InlineData("2/1", "3/1")]
    public async Task Any_two_of_three_clusters_sign(string first, string last)
    {
        var (call, digest) = NewRequest();
        Verify(await (await PlanAsync(call, first, last)).SignAsync(), digest);
    }

    [Fact]
    public async Task A_prepared_session_signs_the_request_that_comes_later()
    {
        var session = await PlanAsync(null, "1/1", "3/1");
        var ready = await session.SignAsync();
        Assert.Equal(0, ready?.Length);
        var (call, digest) = NewRequest();
        Verify(await session.GoAsync(call), digest);
    }

    [Fact]
    public async Task An_ethereum_transaction_is_decoded_by_every_enclave()
    {
        // EIP-155, the example of the proposal.
        var unsigned = Hex.Decode("0xec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080");
        var (call, _) = NewRequest(new SigningSubject.EthereumTransaction(unsigned));
        Verify(await (await PlanAsync(call, "2/1", "1/1")).SignAsync(), EthereumTransaction.DecodeUnsigned(unsigned).Value.SigningHash);
    }

    [Fact]
    public async Task An_audit_signs_eight_bytes_at_the_root()
    {
        var session = await TestSession.PlanAsync(Site, Deal, ["1/1", "2/1"], null, audit: [1, 2, 3, 4, 5, 6, 7, 8]);
        var signature = Signature(await session.SignAsync());
        Assert.True(Deal.Statement.PublicKey.Verify(AuditSignCall.DigestOf([1, 2, 3, 4, 5, 6, 7, 8]).AsSpan(), signature));
    }

    [Fact]
    public async Task Every_copy_inside_a_cluster_signs()
    {
        await using var grid = new ThresholdGrid(clusters: 2, nodesPerCluster: 2);
        await grid.StartAsync();
        var deal = await grid.DealAsync(threshold: 2, policy: name => Accounts(grid.Grid, name));
        foreach (var cluster in new[] { 1, 2 }) await grid[$"{cluster}/2"].CopyKeyAsync(grid.First(cluster), "shared");
        var digest = Hash256.Sha256([7]);
        var request = grid.Grid.Approved(grid.Grid.Sign(deal.Key, deal.Policy, new SigningSubject.Digest(digest), Account) with { Clusters = ClusterSet.Of(1, 2) });
        var session = await TestSession.PlanAsync(grid, deal, ["2/2", "1/2"], request);
        Verify(await session.SignAsync(), digest, deal);
    }

    [Fact]
    public async Task The_same_step_again_gets_the_same_bytes()
    {
        var session = await PlanAsync(Request(), "1/1", "2/1");
        await session.OpenAsync();
        var again = await Site["1/1"].AskAsync(session.Opening);
        Assert.Equal(session.Waiting.Single().Body.ToArray(), again.Packets.Single().Body.ToArray());
        await session.RunAsync();
        foreach (var (node, call, answer) in session.Steps.ToList())
            Assert.Equal(Bytes(answer with { HasEnded = true }), Bytes(await Site[node].AskAsync(call) with { HasEnded = true }));
    }

    [Fact]
    public async Task Every_participant_verifies_the_approvals_itself()
    {
        var (call, _) = NewRequest();
        var few = call with { Approvals = [call.Approvals[0]] };
        var session = await PlanAsync(call, "1/1", "2/1");
        foreach (var node in new[] { "1/1", "2/1" })
            await Site[node].RefusesAsync(RefusalCode.ApprovalQuorum, session.Opening with { Approvals = few.Approvals });

        // The refusals spent nothing.
        Assert.NotNull(await session.SignAsync());
    }

    [Fact]
    public async Task Another_request_than_the_session_names_is_refused()
    {
        var (call, other) = (Request(), Request());
        var session = await PlanAsync(call, "1/1", "2/1");
        await Site["2/1"].RefusesAsync(RefusalCode.RequestConflict, session.Opening with { Request = other.Request, Approvals = other.Approvals });
        await Site["1/1"].RefusesAsync(RefusalCode.RequestConflict, session.Opening with { Request = other.Request, Approvals = other.Approvals });
    }

    [Fact]
    public async Task A_request_for_other_clusters_another_path_or_another_key_is_refused()
    {
        var request = Grid.Sign(Deal.Key, Deal.Policy, path: Account) with { Clusters = ClusterSet.Of(1, 3) };
        await Refused(RefusalCode.RequestCluster, request);
        await Refused(RefusalCode.RequestCluster, request with { Clusters = null });
        await Refused(RefusalCode.PolicyPath, request with { Clusters = ClusterSet.Of(1, 2), Path = DerivationPath.Parse("m/1").Value });
        await Refused(RefusalCode.SessionMismatch, request with { Clusters = ClusterSet.Of(1, 2), Key = Hash256.Sha256([1]) });

        async Task Refused(RefusalCode code, SignRequest bad) =>
            await Site["1/1"].RefusesAsync(code, (await PlanAsync(Grid.Approved(bad), "1/1", "2/1")).Opening);
    }

    [Fact]
    public async Task A_superseded_policy_signs_nothing()
    {
        var second = Accounts(Grid, "shared", after: Deal.Policy);
        await Site["2/1"].AskAsync(Grid.Approved(Grid.ChangePolicy(Deal.Key, Deal.Policy, second) with { Clusters = ClusterSet.Of(1, 2, 3) }, second.ToUtf8()));
        var session = await PlanAsync(Request(), "1/1", "2/1");
        await Site["2/1"].RefusesAsync(RefusalCode.PolicySuperseded, session.Opening);
    }

    private static byte[] Bytes(SessionAnswer answer)
    {
        var writer = new WireWriter();
        SessionAnswer.Write(writer, answer);
        return writer.ToArray();
    }
}
