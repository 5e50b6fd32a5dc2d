using VaultGrid.Crypto.Merkle;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Tests.Audit;

/// <summary>The merged log of a running cluster, through the grid's own door.</summary>
public sealed class MergedLogTests
{
    [Fact]
    public async Task What_a_cluster_did_is_in_one_log_that_anybody_can_verify()
    {
        await using var site = await VaultSite.StartWithKeyAsync(2);
        for (var i = 0; i < 40; i++) (await site.ExecuteAsync(site.SignRequest())).EnsureDone();
        var (verifier, entries, log) = await VerifiedAsync(site);
        Assert.Equal(2, log.Chains.Count);
        Assert.Equal(2, verifier.Ends);
        Assert.Equal(40, entries.Count(entry => entry is { Action: "sign", Outcome: "done" } && entry.Key == site.Key));
        Assert.Contains(entries, entry => entry.Action == "key.release");
        Assert.Contains(entries, entry => entry.Action == "key.accept");

        var at = (ulong)entries.FindIndex(entry => entry.Action == "create-key");
        var proof = (await site.Grid.ProveAuditAsync(VaultSite.Cluster, new Client.AuditProofQuery { Position = at }, VaultSite.Cancellation)).Value;
        var leaf = AuditLog.Leaf(entries[(int)at].Chain, entries[(int)at].ToEntry().ToBytes());
        Assert.True(MerkleProof.Includes(leaf, at, proof.Size, proof.Path, proof.Root));

        // A restarted silo goes on where the log is.
        await site.StopSiloAsync();
        await site.StartSiloAsync();
        (await site.ExecuteAsync(site.SignRequest())).EnsureDone();
        var (_, later, _) = await VerifiedAsync(site);
        Assert.True(later.Count > entries.Count);
        var grown = (await site.Grid.ProveAuditAsync(VaultSite.Cluster, new Client.AuditProofQuery { First = log.Size }, VaultSite.Cancellation)).Value;
        Assert.True(MerkleProof.IsConsistent(log.Size, grown.Size, log.Root, grown.Root, grown.Path));
    }

    private static async Task<(AuditLogVerifier Verifier, List<AuditEntryStatus> Entries, AuditLogStatus Log)> VerifiedAsync(VaultSite site)
    {
        var verifier = new AuditLogVerifier();
        var nonce = new byte[32];
        var before = (await site.Grid.GetAuditLogAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        foreach (var chain in before.Chains)
        {
            var id = verifier.Add(RoleCertificate.Parse(chain.Certificate.Span).Value).Value;
            var head = (await site.Grid.GetAuditHeadAsync(chain.Node, nonce, VaultSite.Cancellation)).Value;
            Assert.Null(verifier.Expect(id, head.Statement.Span, head.Signature.Span, nonce).Refusal);
        }

        var log = (await site.Grid.GetAuditLogAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        var entries = new List<AuditEntryStatus>();
        for (string? after = null; (ulong)entries.Count < log.Size;)
        {
            var page = (await site.Grid.ListAuditAsync(VaultSite.Cluster, new PageQuery { After = after, Limit = 17 }, VaultSite.Cancellation)).Value;
            foreach (var entry in page.Items.Where(entry => entry.Position < log.Size))
            {
                Assert.Null(verifier.Take(entry.Position, entry.Chain, entry.ToEntry().ToBytes(), (entry.Signature ?? default).Span).Refusal);
                entries.Add(entry);
            }

            if ((after = page.Next) is null) break;
        }

        Assert.Null(verifier.End(log.Size, log.Root).Refusal);
        return (verifier, entries, log);
    }
}
