namespace VaultGrid.Grains.Tests.Ceremonies;

/// <summary>Every command may be repeated, and what was acknowledged survives the silo.</summary>
public sealed class RepetitionTests
{
    [Fact]
    public async Task The_same_request_again_answers_the_same_and_other_bytes_are_a_conflict()
    {
        await using var site = await VaultSite.StartWithKeyAsync(1);
        var request = site.SignRequest(1);
        var first = (await site.ExecuteAsync(request)).EnsureDone();
        var again = (await site.ExecuteAsync(request)).EnsureDone();
        Assert.Equal(first.Signature!.R.ToArray(), again.Signature!.R.ToArray());
        Assert.Equal(first.Changed, again.Changed);

        Assert.Equal(RefusalCode.RequestConflict, (await site.ExecuteAsync(request with { Purpose = "another purpose" })).Code());
        var (other, _) = site.Approved(request with { Purpose = "another purpose" });
        Assert.Equal(RefusalCode.RequestConflict, (await site.Grid.SubmitAsync(other, VaultSite.Cancellation)).Code());
        Assert.Equal(1, (await site.Grid.GetKeyAsync(VaultSite.Cluster, VaultSite.Treasury, VaultSite.Cancellation)).Value.Signatures);
    }

    [Fact]
    public async Task A_key_that_exists_is_not_made_again_by_another_request()
    {
        await using var site = await VaultSite.StartWithKeyAsync(2);
        Assert.Equal(RefusalCode.KeyExists, (await site.ExecuteAsync(site.Admins.CreateKey(site.Policy), site.Policy.ToUtf8())).Code());
        var refused = (await site.Grid.ListRequestsAsync(new RequestQuery { State = "refused" }, VaultSite.Cancellation)).Value;
        Assert.Equal("key.exists", Assert.Single(refused.Items).Refusal!.Code);
    }

    [Fact]
    public async Task A_document_that_the_request_does_not_name_is_refused_before_anything_is_stored()
    {
        await using var site = await VaultSite.StartWithKeyAsync(1);
        var second = site.Admins.KeyPolicy("second");
        var request = site.Admins.CreateKey(second);
        Assert.Equal(RefusalCode.RequestMalformed, (await site.ExecuteAsync(request, site.Policy.ToUtf8())).Code());
        Assert.Equal(RefusalCode.RequestUnknown, (await site.Grid.GetRequestAsync(request.Id, VaultSite.Cancellation)).Code());
    }

    [Fact]
    public async Task Approvals_and_results_are_there_after_a_restart()
    {
        await using var site = await VaultSite.StartWithKeyAsync(2);
        var done = (await site.ExecuteAsync(site.SignRequest(1))).EnsureDone();
        var open = RequestDocument.Of(site.SignRequest(2));
        await site.Grid.SubmitAsync(new RequestSubmission(open.Utf8), VaultSite.Cancellation);
        await site.Grid.ApproveAsync(open.Request.Id, site.Approve(open, 0), VaultSite.Cancellation);

        await site.StopSiloAsync();
        await site.StartSiloAsync();
        Assert.Equal(
            done.Signature!.S.ToArray(),
            (await site.Grid.GetRequestAsync(done.RequestId, VaultSite.Cancellation)).EnsureDone().Signature!.S.ToArray());
        Assert.Equal(2, (await site.Grid.ApproveAsync(open.Request.Id, site.Approve(open, 1), VaultSite.Cancellation)).Value.Approvals);
        (await site.Grid.ExecuteAsync(open.Request.Id, VaultSite.Cancellation)).EnsureDone();
        Assert.Equal(2, (await site.Grid.GetKeyAsync(VaultSite.Cluster, VaultSite.Treasury, VaultSite.Cancellation)).Value.Signatures);
    }

    [Fact]
    public async Task A_call_to_what_is_not_there_is_refused_by_name()
    {
        await using var site = await VaultSite.StartAsync(1);
        Assert.Equal(RefusalCode.ClusterUnknown, (await site.Grid.GetClusterAsync(new ClusterId(9), VaultSite.Cancellation)).Code());
        Assert.Equal(RefusalCode.NodeUnknown, (await site.Grid.GetNodeAsync(new NodeId(VaultSite.Cluster, 9), VaultSite.Cancellation)).Code());
        Assert.Equal(RefusalCode.KeyUnknown, (await site.Grid.GetKeyAsync(VaultSite.Cluster, VaultSite.Treasury, VaultSite.Cancellation)).Code());
        Assert.Equal(RefusalCode.RequestUnknown, (await site.Grid.ExecuteAsync(site.Admins.NextId(), VaultSite.Cancellation)).Code());
        Assert.Equal(RefusalCode.ResourceUnknown, (await site.Grid.GetAuthoritiesAsync(VaultSite.Cancellation)).Code());
        Assert.Equal(RefusalCode.PageInvalid, (await site.Grid.ListRequestsAsync(new RequestQuery { Limit = 0 }, VaultSite.Cancellation)).Code());
        Assert.Equal(RefusalCode.InputMalformed, (await site.Grid.ListRequestsAsync(new RequestQuery { State = "lost" }, VaultSite.Cancellation)).Code());
    }
}
