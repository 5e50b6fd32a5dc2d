namespace VaultGrid.Grains.Tests.Customers;

/// <summary>Clusters that are assigned to customers: the limit of keys, and whose requests a history shows.</summary>
public sealed class CustomerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_limit_of_keys_holds_also_for_requests_at_the_same_moment_and_ends_with_the_assignment()
    {
        await using var site = await VaultSite.StartWithKeyAsync(1);
        Assert.Null((await site.Grid.GetClusterAsync(VaultSite.Cluster, Cancellation)).Value.Assignment);
        await AssignAsync(site, new ClusterAssignment("acme", 3));
        Assert.Equal(new ClusterAssignment("acme", 3), (await site.Grid.GetClusterAsync(VaultSite.Cluster, Cancellation)).Value.Assignment);

        // One key is there: of five that are asked for at once two are made.
        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => MakeAsync(site, $"key-{n}")));
        Assert.Equal(2, made.Count(outcome => outcome.Refusal is null));
        Assert.All(made.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal(RefusalCode.KeyLimit, outcome.Code()));

        // The limit survives a restart; a higher one lets the request that stayed open through, by its id.
        await site.StopSiloAsync();
        await site.StartSiloAsync();
        var refused = site.Admins.CreateKey(site.Admins.KeyPolicy("late"));
        Assert.Equal(RefusalCode.KeyLimit, (await site.ExecuteAsync(refused, site.Admins.KeyPolicy("late").ToUtf8())).Code());
        Assert.Equal("open", (await site.Grid.GetRequestAsync(refused.Id, Cancellation)).Value.State);
        await AssignAsync(site, new ClusterAssignment("acme", 4));
        (await site.Grid.ExecuteAsync(refused.Id, Cancellation)).EnsureDone();

        await AssignAsync(site, new ClusterAssignment(null, null));
        Assert.Null((await MakeAsync(site, "free")).Refusal);
    }

    [Fact]
    public async Task Each_cluster_of_a_shared_key_counts_it()
    {
        await using var site = await VaultSite.StartClustersAsync(2, 1);
        (await site.Grid.AssignClusterAsync(new ClusterId(2), new ClusterAssignment("acme", 0), Cancellation)).Value.ToString();
        var (request, package) = await site.PrepareDealAsync(2, "shared");
        Assert.Equal(RefusalCode.KeyLimit, (await site.ExecuteAsync(request, package)).Code());
        (await site.Grid.AssignClusterAsync(new ClusterId(2), new ClusterAssignment("acme", 1), Cancellation)).Value.ToString();
        (await site.Grid.ExecuteAsync(request.Id, Cancellation)).EnsureDone();
    }

    [Fact]
    public async Task The_history_shows_the_requests_of_a_customer_s_clusters_as_they_were_when_filed()
    {
        await using var site = await VaultSite.StartClustersAsync(3, 1);
        Assert.Empty(await OfCustomerAsync(site, "acme"));
        foreach (var (number, customer) in new[] { (1u, "acme"), (3u, "zenith") })
            (await site.Grid.AssignClusterAsync(new ClusterId(number), new ClusterAssignment(customer, null), Cancellation)).Value.ToString();
        var key = await site.DealAsync(2);
        Assert.Single(await OfCustomerAsync(site, "acme"));
        Assert.Single(await OfCustomerAsync(site, "zenith"));

        // Every cluster that signs together, or could, has the request in its history, also the one that is not its first.
        (await site.ExecuteAsync(site.SignTogether(key, 1))).EnsureDone();
        Assert.Equal(2, (await OfCustomerAsync(site, "zenith")).Count);
        foreach (var number in new[] { 1u, 2u, 3u })
            Assert.Equal("sign", (await site.Grid.ListRequestsAsync(new RequestQuery { Cluster = new ClusterId(number) }, Cancellation)).Value.Items[0].Action);

        // Another holder of the cluster sees what is filed from then on; what was before stays with whom it was.
        (await site.Grid.AssignClusterAsync(new ClusterId(3), new ClusterAssignment("nova", null), Cancellation)).Value.ToString();
        Assert.Empty(await OfCustomerAsync(site, "nova"));
        (await site.ExecuteAsync(site.SignTogether(key, 2))).EnsureDone();
        Assert.Equal((3, 2, 1), ((await OfCustomerAsync(site, "acme")).Count, (await OfCustomerAsync(site, "zenith")).Count, (await OfCustomerAsync(site, "nova")).Count));
        Assert.Empty((await site.Grid.ListRequestsAsync(new RequestQuery { Customer = "nova", Cluster = new ClusterId(4) }, Cancellation)).Value.Items);
        Assert.Single((await site.Grid.ListRequestsAsync(new RequestQuery { Customer = "nova", Cluster = new ClusterId(2) }, Cancellation)).Value.Items);
        Assert.Equal(RefusalCode.InputMalformed, (await site.Grid.ListRequestsAsync(new RequestQuery { Customer = "No Name" }, Cancellation)).Code());
    }

    [Theory]
    [InlineData("No Name", 1)]
    [InlineData("", null)]
    [InlineData("acme", -1)]
    [InlineData("acme", 1025)]
    [InlineData(null, 5)]
    public async Task A_wrong_assignment_is_refused(string? customer, int? keys)
    {
        await using var site = await VaultSite.StartAsync(1);
        Assert.Equal(RefusalCode.InputMalformed, (await site.Grid.AssignClusterAsync(VaultSite.Cluster, new ClusterAssignment(customer, keys), Cancellation)).Code());
    }

    private static async Task<IReadOnlyList<RequestStatus>> OfCustomerAsync(VaultSite site, string customer) =>
        (await site.Grid.ListRequestsAsync(new RequestQuery { Customer = customer }, Cancellation)).Value.Items;

    private static async Task AssignAsync(VaultSite site, ClusterAssignment assignment) =>
        Assert.Equal(assignment, (await site.Grid.AssignClusterAsync(VaultSite.Cluster, assignment, Cancellation)).Value);

    private static Task<Outcome<RequestStatus>> MakeAsync(VaultSite site, string name)
    {
        var policy = site.Admins.KeyPolicy(name);
        return site.ExecuteAsync(site.Admins.CreateKey(policy), policy.ToUtf8());
    }
}
