using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Client.Grains;
using VaultGrid.Grains.Sessions;
using VaultGrid.Silo.Gateways;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>Clusters of one key in two grids: the coordinator of one reaches the other's through the doors that relays serve.</summary>
public sealed class TwoGridsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_whose_clusters_are_in_two_grids_is_dealt_signs_and_is_audited_from_one_of_them()
    {
        FarSilo? far = null;
        IVaultGrid? Remote(ClusterId cluster) => far is not null && cluster.Number > 1 ? GrainVaultGrid.For(far.Grains, "vaultgrid://relay/near") : null;
        await using var site = await VaultSite.StartClustersAsync(
            3, 1, services => services.AddSingleton<IClusterGateways>(new RemoteGateways(new BridgeGateways(), Remote)));
        var (request, package) = await site.PrepareDealAsync(2, "shared");
        await using var split = far = await site.SplitAsync(2, 3);

        // The near grid has cluster 1 alone; every part of the deal, every signature and every audit goes through both.
        Assert.Equal(["1"], (await site.Grid.GetGridAsync(Cancellation)).Value.Clusters.Select(line => line.Cluster.ToString()));
        (await site.ExecuteAsync(request, package)).EnsureDone();
        var key = (await site.Grid.GetKeyAsync(new ClusterId(1), request.KeyId, Cancellation)).Value;
        var there = (await GrainVaultGrid.For(far.Grains, VaultSite.Caller).GetKeyAsync(new ClusterId(3), request.KeyId, Cancellation)).Value;
        Assert.Equal(key.Key, there.Key);

        var signed = (await site.ExecuteAsync(site.SignTogether(key, 1))).EnsureDone().Signature!;
        Assert.Equal("1/1 2/1", string.Join(' ', signed.Participants!));
        SignatureChecks.Verify(signed, Hash256.Sha256(BitConverter.GetBytes(1)));

        (await site.Grid.StartKeyAuditAsync(new ClusterId(1), new KeyAuditOrder(true), Cancellation)).Value.ToString();
        KeyAuditStatus audit;
        do audit = (await site.Grid.GetKeyAuditAsync(new ClusterId(1), Cancellation)).Value;
        while (audit.Finished is null);
        var audited = Assert.Single(audit.Keys);
        Assert.Empty(audited.Failures);
        Assert.Equal(4, audited.Checks);

        // A cluster of the other grid goes, and the other one of it goes on.
        await site.Enclave("2/1").KillAsync();
        var next = (await site.ExecuteAsync(site.SignTogether(key, 2))).EnsureDone().Signature!;
        Assert.Equal("1/1 3/1", string.Join(' ', next.Participants!));

        // Without the other grid nothing is signed, and the request stays open.
        await split.DisposeAsync();
        far = null;
        var open = site.SignTogether(key, 3);
        Assert.NotNull((await site.ExecuteAsync(open)).Refusal);
        Assert.Equal("open", (await site.Grid.GetRequestAsync(open.Id, Cancellation)).Value.State);
    }
}
