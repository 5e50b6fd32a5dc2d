using VaultGrid.Cli.Tests.Scripts;
using VaultGrid.Client;
using VaultGrid.Crypto;
using VaultGrid.LocalGrid;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Tests.Commands;

/// <summary>Keys made, used and audited by clusters that only carried files connect, each part in a process of its own.</summary>
public sealed class DividedGridTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creation_signatures_and_audits_go_over_a_directory_channel()
    {
        var (grid, deal, package) = await DividedGrid.StartAsync(SharedPolicy, Cancellation);
        await using var divided = grid;
        var near = grid.Near;

        // The near grid knows of cluster 1 alone; the deal reaches the others through the channel, and each imports its part.
        Assert.Equal(["1"], (await near.Client.GetGridAsync(Cancellation)).Value.Clusters.Select(line => line.Cluster.ToString()));
        var imported = await near.Requests.DoAsync(deal, package, 2, Cancellation);
        Assert.Equal(["1/1", "2/1", "3/1"], imported.Parts!.Select(part => part.Node.ToString()!));
        var afterDeal = grid.Carried;
        Assert.True(afterDeal >= 4, $"only {afterDeal} messages were carried");

        // Every round of a session.
        var key = (await near.Client.GetKeyAsync(new ClusterId(1), KeyId.Parse("divided"), Cancellation)).Value;
        var digest = Hash256.Sha256("over the gap"u8);
        var request = near.Requests.Sign(key, DerivationPath.Parse("m/44/60/0/0/0").Value, new SigningSubject.Digest(digest), "over the gap");
        var signed = (await near.Requests.DoAsync(request, null, 2, Cancellation)).Signature!;
        Assert.Equal("1/1 2/1", string.Join(' ', signed.Participants!));
        Assert.True(PublicKey.Parse(signed.PublicKey.Span).Value.Verify(digest.AsSpan(), EcdsaSignature.FromDer(signed.Signature.Span).Value));
        Assert.True(grid.Carried >= afterDeal + 6, "a session's rounds were not carried");

        // The audit's sessions cover the shares of every cluster.
        _ = (await near.Client.StartKeyAuditAsync(new ClusterId(1), new KeyAuditOrder(true), Cancellation)).Value;
        KeyAuditStatus audit;
        do audit = (await near.Client.GetKeyAuditAsync(new ClusterId(1), Cancellation)).Value;
        while (audit.Finished is null);
        var audited = Assert.Single(audit.Keys);
        Assert.True(audited.Failures.Count == 0, string.Join("; ", audited.Failures.Select(failure => failure.Refusal.Detail)));
        Assert.Empty(audited.Broken);
    }

    [Fact]
    public async Task A_key_of_one_cluster_is_made_by_a_request_that_is_carried_by_hand()
    {
        var (grid, _, _) = await DividedGrid.StartAsync(SharedPolicy, Cancellation);
        await using var divided = grid;
        var near = grid.Near;
        var policy = near.DefaultPolicy(KeyId.Parse("carried"));
        using var outer = grid.Identity("outer");
        var approved = new ApprovedCall(near, near.Requests.NewKey(new NodeId(new ClusterId(2), 1), policy), policy.ToUtf8());
        using var channel = grid.Through("by-hand-outside", outer);
        var client = channel.OnBehalfOf(CertificateIdentity.Client("local").Value);
        Assert.Equal(RefusalCode.ChannelWaiting, (await approved.ExecuteAsync(client)).Refusal?.Code);

        await grid.RunAsync("vaultgrid relay export by-hand-outside --out there.txt && sort -r there.txt | vaultgrid relay import by-hand-inside -");
        await grid.RunAsync($"vaultgrid relay serve by-hand-inside --memory by-hand-answered --peer vaultgrid://relay/outer --grid {grid.Far} --client-cert hand.pem --client-key hand.key --once");
        await grid.RunAsync("vaultgrid relay export by-hand-inside --answers --out back.txt && sort -r back.txt | vaultgrid relay import by-hand-outside -");
        Assert.Equal("done", (await approved.ExecuteAsync(client)).Value.State);

        var farKeys = await grid.RunAsync($"vaultgrid key list --cluster 2 --grid {grid.Far}");
        Assert.Contains("carried", farKeys, StringComparison.Ordinal);
    }

    private static KeyPolicy SharedPolicy(LocalVaultGrid grid) => grid.Ceremony.Policy(
        KeyId.Parse("divided"), 2, [SigningAlgorithm.EcdsaSecp256k1],
        [PathPattern.TryParse("m/44/60/*/0/*", out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern.")]);

    // Approvals are made once: ECDSA signatures of the same request differ, and another call would be another message.
    private sealed class ApprovedCall(LocalVaultGrid grid, RequestDocument request, byte[] document)
    {
        private readonly List<RequestApproval> _approvals = [.. grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature))];

        public Task<Outcome<RequestStatus>> ExecuteAsync(IVaultGrid through) => through.ExecuteApprovedAsync(new RequestSubmission(request.Utf8, document), _approvals, Cancellation);
    }
}
