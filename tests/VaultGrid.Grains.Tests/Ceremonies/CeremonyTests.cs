using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Grains.Tests.Ceremonies;

/// <summary>From bare enclaves to an approved signature, through the grid's own door.</summary>
public sealed class CeremonyTests
{
    [Fact]
    public async Task Three_bare_nodes_become_a_cluster_that_signs()
    {
        await using var site = await VaultSite.StartAsync(3);
        Assert.All((await site.Grid.GetClusterAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value.Nodes, node => Assert.Equal("unprovisioned", node.Phase));

        await site.CertifyAllAsync();
        await site.MakeMembersAsync(1, 2, 3);
        var cluster = (await site.Grid.GetClusterAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        Assert.All(cluster.Nodes, node => Assert.Equal("member", node.Phase));
        Assert.Equal((site.Members.Hash(), 1UL), (cluster.Membership!.Value, cluster.MembershipNumber));

        await site.MakeKeyAsync();
        var key = (await site.Grid.GetKeyAsync(VaultSite.Cluster, VaultSite.Treasury, VaultSite.Cancellation)).Value;
        Assert.Equal(3, key.Holders.Count);
        Assert.Equal(site.Policy.Hash(), key.Policy);

        var path = DerivationPath.Parse("m/44'/60'/0'/0/7").Value;
        var account = (await site.Grid.GetAccountAsync(VaultSite.Cluster, VaultSite.Treasury, path, VaultSite.Cancellation)).Value;
        var done = (await site.ExecuteAsync(site.SignRequest(path: path.ToString()))).EnsureDone();
        var signature = EcdsaSignature.FromCompact([.. done.Signature!.R.Span, .. done.Signature.S.Span], done.Signature.V).Value;
        Assert.Equal(account.Ethereum, EthereumAddress.Of(signature.Recover(done.Signature.Digest.AsSpan()).Value).ToString());
        Assert.Equal(account.Ethereum, done.Signature.Address);
        Assert.StartsWith("xpub", account.ExtendedPublicKey, StringComparison.Ordinal);
        Assert.StartsWith("bc1q", account.BitcoinSegwit, StringComparison.Ordinal);
        Assert.StartsWith("bc1p", account.BitcoinTaproot, StringComparison.Ordinal);

        key = (await site.Grid.GetKeyAsync(VaultSite.Cluster, VaultSite.Treasury, VaultSite.Cancellation)).Value;
        Assert.Equal(1, key.Signatures);
    }

    [Fact]
    public async Task A_request_gathers_its_approvals_one_by_one()
    {
        await using var site = await VaultSite.StartWithKeyAsync(1);
        var request = RequestDocument.Of(site.SignRequest());
        var filed = (await site.Grid.SubmitAsync(new RequestSubmission(request.Utf8), VaultSite.Cancellation)).Value;
        Assert.Equal(("open", 0, VaultSite.Caller), (filed.State, filed.Approvals, filed.Caller));

        Assert.Equal(1, (await site.Grid.ApproveAsync(request.Request.Id, site.Approve(request, 0), VaultSite.Cancellation)).Value.Approvals);
        Assert.Equal(RefusalCode.ApprovalQuorum, (await site.Grid.ExecuteAsync(request.Request.Id, VaultSite.Cancellation)).Code());
        var refused = (await site.Grid.GetRequestAsync(request.Request.Id, VaultSite.Cancellation)).Value;
        Assert.Equal(("open", "approval.quorum"), (refused.State, refused.Refusal!.Code));

        // The same administrator again is no second approval.
        Assert.Equal(1, (await site.Grid.ApproveAsync(request.Request.Id, site.Approve(request, 0), VaultSite.Cancellation)).Value.Approvals);
        Assert.Equal(2, (await site.Grid.ApproveAsync(request.Request.Id, site.Approve(request, 2), VaultSite.Cancellation)).Value.Approvals);
        (await site.Grid.ExecuteAsync(request.Request.Id, VaultSite.Cancellation)).EnsureDone();
    }

    [Fact]
    public async Task An_approval_that_cannot_count_is_refused_at_once_and_changes_nothing()
    {
        await using var site = await VaultSite.StartWithKeyAsync(1);
        var request = RequestDocument.Of(site.SignRequest(1));
        var other = RequestDocument.Of(site.SignRequest(2));
        await site.Grid.SubmitAsync(new RequestSubmission(request.Utf8), VaultSite.Cancellation);

        Assert.Equal(RefusalCode.ApprovalInvalid, (await site.Grid.ApproveAsync(request.Request.Id, site.Approve(other, 0), VaultSite.Cancellation)).Code());
        var stranger = site.Admins.Leaf(site.Admins.AdminCa, VaultGrid.Model.Certificates.CertificateIdentity.Admin(9));
        var word = site.Admins.Approve(request, stranger);
        Assert.Equal(
            RefusalCode.ApprovalStranger,
            (await site.Grid.ApproveAsync(request.Request.Id, new RequestApproval(word.Certificate, word.Signature), VaultSite.Cancellation)).Code());
        Assert.Equal(0, (await site.Grid.GetRequestAsync(request.Request.Id, VaultSite.Cancellation)).Value.Approvals);
    }

    [Fact]
    public async Task A_policy_change_reaches_every_holder()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3);
        var next = site.Admins.KeyPolicy(after: site.Policy);
        (await site.ExecuteAsync(site.Admins.ChangePolicy(site.Key, site.Policy, next), next.ToUtf8())).EnsureDone();

        var cluster = (await site.Grid.GetClusterAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        Assert.All(cluster.Nodes, node => Assert.Equal(2UL, Assert.Single(node.Keys).PolicyNumber));
        Assert.Equal(next.Hash(), (await site.Grid.GetKeyAsync(VaultSite.Cluster, VaultSite.Treasury, VaultSite.Cancellation)).Value.Policy);
        Assert.Equal(RefusalCode.PolicySuperseded, (await site.ExecuteAsync(site.SignRequest())).Code());
    }

    [Fact]
    public async Task An_audit_signature_needs_no_approval_and_comes_from_the_node_that_was_named()
    {
        await using var site = await VaultSite.StartWithKeyAsync(2);
        var signature = (await site.Grid.AuditSignAsync(VaultSite.Cluster, VaultSite.Treasury, 2, new byte[] { 1, 2, 3 }, VaultSite.Cancellation)).Value;
        Assert.Equal(2U, signature.Node.Index);
        Assert.Equal(AuditSignCall.DigestOf([1, 2, 3]), signature.Digest);
        Assert.Equal(
            RefusalCode.AuditTooLong,
            (await site.Grid.AuditSignAsync(VaultSite.Cluster, VaultSite.Treasury, null, new byte[9], VaultSite.Cancellation)).Code());
    }
}
