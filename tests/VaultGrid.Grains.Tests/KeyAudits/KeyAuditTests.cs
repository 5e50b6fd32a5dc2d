using VaultGrid.Grains.Tests.Sessions;

namespace VaultGrid.Grains.Tests.KeyAudits;

/// <summary>Audits of keys through grains and real enclave processes.</summary>
public sealed class KeyAuditTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_node_of_a_key_is_audited_one_that_is_gone_is_told_and_the_result_is_kept()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3);
        await site.Grid.SynchroniseAsync(VaultSite.Cluster, Cancellation);
        Assert.Equal(RefusalCode.ResourceUnknown, (await site.Grid.GetKeyAuditAsync(VaultSite.Cluster, Cancellation)).Code());

        var good = await AuditAsync(site, VaultSite.Cluster);
        Assert.Equal(VaultSite.Caller, good.By);
        var key = Assert.Single(good.Keys);
        Assert.Equal((VaultSite.Treasury, site.Key, "bip32", 6), (key.KeyId, key.Key, key.Kind, key.Checks));
        Assert.Empty(key.Failures);

        await site.Enclaves[1].KillAsync();
        var missing = Assert.Single((await AuditAsync(site, VaultSite.Cluster)).Keys);
        var failure = Assert.Single(missing.Failures);
        Assert.Equal(("part", "enclave.detached"), (failure.What, failure.Refusal.Code));
        Assert.Equal([site.Enclaves[1].Node], failure.Nodes);
        Assert.Empty(missing.Broken);

        await site.StopSiloAsync();
        await site.StartSiloAsync();
        Assert.Single(Assert.Single((await site.Grid.GetKeyAuditAsync(VaultSite.Cluster, Cancellation)).Value.Keys).Failures);
    }

    [Fact]
    public async Task Shares_of_a_key_of_several_clusters_are_all_used_and_a_node_whose_sessions_fail_is_named()
    {
        await using var tripped = await TrippedSite.StartAsync();
        var site = tripped.Site;
        var good = Assert.Single((await AuditAsync(site, new ClusterId(1))).Keys);
        Assert.Equal("threshold-ecdsa", good.Kind);
        Assert.Empty(good.Failures);

        // One part of this cluster, and the three combinations of two: nothing less uses all six shares.
        Assert.Equal(4, good.Checks);

        // Another cluster's audit leaves the sessions to the first, unless it is asked for everything.
        Assert.Equal(1, Assert.Single((await AuditAsync(site, new ClusterId(2), everything: false)).Keys).Checks);

        tripped.Gateways.Before = (node, kind, _) => Task.FromResult(
            node.ToString() == "2/1" && kind == EnclaveCallKind.StepSession ? new Refusal(RefusalCode.SessionMismatch, "a share that works no more") : null);
        var broken = Assert.Single((await AuditAsync(site, new ClusterId(3))).Keys);
        Assert.Equal([NodeId.Parse("2/1")], broken.Broken);
        Assert.All(broken.Failures, failure => Assert.Contains(NodeId.Parse("2/1"), failure.Nodes));
        Assert.NotEmpty(broken.Failures);
    }

    [Fact]
    public async Task The_reminder_audits_by_itself()
    {
        await using var site = await VaultSite.StartWithKeyAsync(1);
        var grain = site.Grains.GetGrain<IKeyAuditGrain>(VaultSite.Cluster.ToString());
        await grain.WatchAsync(Cancellation);

        // What the engine calls when the time has come; that it keeps time is the engine's own test.
        await grain.AsReference<IRemindable>().ReceiveReminder("audit", default);
        Assert.Equal("schedule", (await EndAsync(site, VaultSite.Cluster)).By);
    }

    private static async Task<KeyAuditStatus> AuditAsync(VaultSite site, ClusterId cluster, bool everything = true)
    {
        var begun = (await site.Grid.StartKeyAuditAsync(cluster, new KeyAuditOrder(everything), Cancellation)).Value;
        Assert.Null(begun.Finished);
        return await EndAsync(site, cluster);
    }

    private static async Task<KeyAuditStatus> EndAsync(VaultSite site, ClusterId cluster)
    {
        while (true)
        {
            var status = (await site.Grid.GetKeyAuditAsync(cluster, Cancellation)).Value;
            if (status.Finished is not null) return status;
            await Task.Yield();
        }
    }
}
