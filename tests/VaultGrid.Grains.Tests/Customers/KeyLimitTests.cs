using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Silo.Attachment;

namespace VaultGrid.Grains.Tests.Customers;

/// <summary>Places for keys that are about to be made, while a cluster's nodes are asked which keys they have.</summary>
public sealed class KeyLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_is_made_while_nodes_tell_of_theirs_counts()
    {
        HeldAnswers answers = null!;
        await using var site = await VaultSite.StartClustersAsync(
            1, 1, services => services.AddSingleton<IEnclaveAttachments>(provider => answers = new HeldAnswers(provider.GetRequiredService<SocketAttachments>())));
        await AssignAsync(site, 1);
        var customers = site.Grains.GetGrain<ICustomersGrain>(IGridGrain.Key);
        var (made, late) = (Place(site, "made"), Place(site, "late"));
        Assert.Null((await customers.EnterAsync(made, Cancellation)).Refusal);

        // The node tells of no key; before that arrives, the first one is made and gives its place back.
        var hold = answers.HoldNext();
        var entering = customers.EnterAsync(late, Cancellation);
        await hold.Answered.Task.WaitAsync(Cancellation);
        await customers.LeaveAsync(made, Cancellation);
        hold.Released.SetResult();
        Assert.Equal(RefusalCode.KeyLimit, (await entering).ToOutcome().Code());

        // Nothing was made after all: whoever asks from then on has the place.
        Assert.Null((await customers.EnterAsync(late, Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_key_that_is_there_already_and_has_its_place_still_counts_once()
    {
        await using var site = await VaultSite.StartClustersAsync(1, 1);
        await AssignAsync(site, 2);
        var customers = site.Grains.GetGrain<ICustomersGrain>(IGridGrain.Key);
        Assert.Null((await customers.EnterAsync(Place(site, VaultSite.Treasury.ToString()), Cancellation)).Refusal);
        await site.MakeKeyAsync();
        Assert.Null((await customers.EnterAsync(Place(site, "second"), Cancellation)).Refusal);
        Assert.Equal(RefusalCode.KeyLimit, (await customers.EnterAsync(Place(site, "third"), Cancellation)).ToOutcome().Code());
    }

    private static KeyPlace Place(VaultSite site, string key) => new(VaultSite.Cluster, site.Admins.NextId(), KeyId.Parse(key));

    private static async Task AssignAsync(VaultSite site, int keys) =>
        Assert.Null((await site.Grid.AssignClusterAsync(VaultSite.Cluster, new ClusterAssignment("acme", keys), Cancellation)).Refusal);
}
