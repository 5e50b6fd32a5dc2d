namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>Keys that clusters hold together, through grains and real enclave processes: dealt, shown, copied, used, their policy changed.</summary>
public sealed class TogetherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_dealt_through_grains_shown_copied_to_every_node_and_signs_with_any_two_of_three_clusters()
    {
        await using var site = await VaultSite.StartClustersAsync(3, 2);
        var key = await site.DealAsync(2);
        Assert.Equal("threshold-ecdsa", key.Kind);
        Assert.Equal(2, key.Threshold!.Needed);
        Assert.Equal(["1", "2", "3"], key.Threshold.Clusters.Select(cluster => cluster.ToString()));
        Assert.Equal(1, key.Threshold.ShareVersion);
        foreach (var cluster in key.Threshold.Clusters)
        {
            var there = (await site.Grid.GetKeyAsync(cluster, key.KeyId, Cancellation)).Value;
            Assert.Equal((key.Key, key.Fingerprint, key.Threshold.Manifest), (there.Key, there.Fingerprint, there.Threshold!.Manifest));
            Assert.Equal([new NodeId(cluster, 1), new NodeId(cluster, 2)], there.Holders);
        }

        // The account that the grid shows is the one that signs.
        var account = (await site.Grid.GetAccountAsync(new ClusterId(2), key.KeyId, DerivationPath.Parse("m/44/60/0").Value, Cancellation)).Value;
        var child = ExtendedPublicKey.Parse(account.ExtendedPublicKey).Value.Derive(0, 0).Value;
        var signed = await SignAsync(site, key, 1, "1/1 2/1");
        Assert.Equal(child.PublicKey.Compressed.ToArray(), signed.PublicKey.ToArray());

        // The other node of a cluster that lost one; then the cluster is gone, and the others go on without it.
        await site.Enclave("1/1").KillAsync();
        await SignAsync(site, key, 2, "1/2 2/1");
        await site.Enclave("1/2").KillAsync();
        await SignAsync(site, key, 3, "2/1 3/1");

        await site.Enclave("3/1").KillAsync();
        await site.Enclave("3/2").KillAsync();
        var refused = await site.ExecuteAsync(site.SignTogether(key, 4));
        Assert.Equal(RefusalCode.GridUnavailable, refused.Code());

        // What was refused for that stays open, and goes through when a cluster is back.
        await site.Enclave("3/2").StartAsync();
        await SignAsync(site, key, 4, "2/1 3/2");
        Assert.Equal(4, (await site.Grid.GetKeyAsync(new ClusterId(2), key.KeyId, Cancellation)).Value.Signatures);
    }

    [Fact]
    public async Task Three_of_five_clusters_sign_and_the_journal_says_how()
    {
        await using var site = await VaultSite.StartClustersAsync(5, 1);
        var key = await site.DealAsync(3);
        var signed = await SignAsync(site, key, 1, "1/1 2/1 3/1");
        var journal = (await site.Grid.GetSessionAsync(signed.Session!.Value, Cancellation)).Value;
        Assert.Equal("threshold-ecdsa", journal.Protocol);
        Assert.Equal("request", journal.Purpose);
        Assert.Equal(signed.Signature.ToArray(), journal.Signature!.Signature.ToArray());
        var only = Assert.Single(journal.Tries);
        Assert.Equal(signed.Participants, only.Participants);
        Assert.Empty(only.Mishaps);

        // Opened by three, then A and B twice along the chain, R back along it and to the last.
        Assert.Equal([0, 0, 0, 1, 1, 2, 2, 2], only.Steps.Select(step => step.Round));
        Assert.NotNull(journal.Message);
        Assert.Equal(RefusalCode.SessionUnknown, (await site.Grid.GetSessionAsync(Hash256.Sha256("none"u8), Cancellation)).Code());

        await site.Enclave("2/1").KillAsync();
        await site.Enclave("3/1").KillAsync();
        await SignAsync(site, key, 2, "1/1 4/1 5/1");
    }

    [Fact]
    public async Task A_deal_that_one_cluster_could_not_take_is_finished_when_it_can()
    {
        await using var site = await VaultSite.StartClustersAsync(3, 1);
        var (request, package) = await site.PrepareDealAsync(2, "shared");
        await site.Enclave("2/1").KillAsync();
        Assert.NotNull((await site.ExecuteAsync(request, package)).Refusal);

        var partial = (await site.Grid.GetRequestAsync(request.Id, Cancellation)).Value;
        Assert.Equal("open", partial.State);
        Assert.Equal([true, false, true], partial.Parts!.Select(part => part.Node is not null));
        Assert.NotNull(partial.Parts![1].Refusal);

        // Two clusters have it, and sign before the third does.
        var key = (await site.Grid.GetKeyAsync(new ClusterId(1), request.KeyId, Cancellation)).Value;
        await SignAsync(site, key, 1, "1/1 3/1");

        await site.Enclave("2/1").StartAsync();
        var done = (await site.Grid.ExecuteAsync(request.Id, Cancellation)).EnsureDone();
        Assert.Equal(key.Key, done.Key);
        Assert.All(done.Parts!, part => Assert.NotNull(part.Node));
        await site.Enclave("1/1").KillAsync();
        await SignAsync(site, key, 2, "2/1 3/1");
    }

    [Fact]
    public async Task A_policy_changes_in_all_clusters_or_stays_open_and_requests_under_the_old_one_are_refused()
    {
        await using var site = await VaultSite.StartClustersAsync(2, 1);
        var key = await site.DealAsync(2);
        var first = KeyPolicy.Parse(key.PolicyDocument.Span).Value;
        var next = site.SharedPolicy("shared", first) with { Quorum = 1 };
        var change = site.Admins.ChangePolicy(key.Key, first, next);
        Assert.Equal(RefusalCode.RequestCluster, (await site.ExecuteAsync(change, next.ToUtf8())).Code());

        change = change with { Id = site.Admins.NextId(), Clusters = ClusterSet.Of(1, 2) };
        var done = (await site.ExecuteAsync(change, next.ToUtf8())).EnsureDone();
        Assert.Equal([new NodeId(new ClusterId(1), 1), new NodeId(new ClusterId(2), 1)], done.Parts!.Select(part => part.Node!.Value));
        var refused = await site.ExecuteAsync(site.SignTogether(key, 1));
        Assert.Equal(RefusalCode.PolicySuperseded, refused.Code());
        await SignAsync(site, (await site.Grid.GetKeyAsync(new ClusterId(2), key.KeyId, Cancellation)).Value, 2, "1/1 2/1");
    }

    [Fact]
    public async Task What_the_clusters_refuse_of_the_request_itself_is_answered_as_they_say_it_and_costs_one_try()
    {
        await using var site = await VaultSite.StartClustersAsync(3, 1);
        var key = await site.DealAsync(2);
        var (submission, approvals) = site.Approved(site.SignTogether(key, 1));
        var refused = await site.Grid.ExecuteApprovedAsync(submission, [approvals[0]], Cancellation);
        Assert.Equal(RefusalCode.ApprovalQuorum, refused.Code());
        Assert.Equal(RefusalCode.PolicyPath, (await site.ExecuteAsync(site.SignTogether(key, 2, path: "m/44/61/0/0/0"))).Code());

        var alone = site.SignTogether(key, 3) with { Clusters = null };
        Assert.Equal(RefusalCode.RequestCluster, (await site.ExecuteAsync(alone)).Code());

        var stored = (await site.Grid.GetRequestAsync(RequestDocument.Parse(submission.Request.Span).Value.Request.Id, Cancellation)).Value;
        var journal = (await site.Grid.GetSessionAsync(stored.Session!.Value, Cancellation)).Value;
        Assert.Single(journal.Tries);
        Assert.Equal("approval.quorum", journal.Refusal!.Code);

        // With the second approval the same request goes through.
        (await site.Grid.ExecuteApprovedAsync(submission, approvals, Cancellation)).EnsureDone();
    }

    private static async Task<SignatureStatus> SignAsync(VaultSite site, KeyStatus key, int n, string participants)
    {
        var signed = (await site.ExecuteAsync(site.SignTogether(key, n))).EnsureDone().Signature!;
        Assert.Equal(participants, string.Join(' ', signed.Participants!));
        SignatureChecks.Verify(signed, Hash256.Sha256(BitConverter.GetBytes(n)));
        return signed;
    }
}
