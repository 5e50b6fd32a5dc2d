namespace VaultGrid.Grains.Tests.Audit;

/// <summary>The witness rule with a silo as courier: ceremonies and restarts go as without it, and a disk that was put back is held.</summary>
public sealed class WitnessTests
{
    [Fact]
    public async Task A_cluster_whose_nodes_witness_each_other_is_formed_restarted_and_signs()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3, VaultSite.Witnessed);
        (await site.ExecuteAsync(site.SignRequest())).EnsureDone();
        var disk = site.Enclaves[0].Copy();
        var next = site.Admins.KeyPolicy(after: site.Policy);
        (await site.ExecuteAsync(site.Admins.ChangePolicy(site.Key, site.Policy, next), next.ToUtf8())).EnsureDone();

        // All at once: each answers the others before its own start is complete.
        await Task.WhenAll(site.Enclaves.Select(enclave => enclave.KillAsync()));
        await Task.WhenAll(site.Enclaves.Select(enclave => enclave.StartAsync()));
        var cluster = (await site.Grid.GetClusterAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        Assert.All(cluster.Nodes, node => Assert.Equal("member", node.Phase));

        await site.Enclaves[0].KillAsync();
        site.Enclaves[0].PutBack(disk);
        await site.Enclaves[0].StartAsync();
        Assert.Equal("held", (await site.Grid.GetNodeAsync(site.Enclaves[0].Node, VaultSite.Cancellation)).Value.Phase);
    }
}
