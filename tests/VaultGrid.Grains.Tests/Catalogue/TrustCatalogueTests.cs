using VaultGrid.Grains.Trusts;

namespace VaultGrid.Grains.Tests.Catalogue;

/// <summary>What every catalogue must do; each database runs all of it.</summary>
public abstract class TrustCatalogueTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrustId Chain = new(new Guid("0b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968"));
    private static readonly TrustId Other = new(new Guid("1b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty catalogue.</summary>
    internal abstract Task<ITrustCatalogue> OpenAsync();

    [Fact]
    public async Task Ten_thousand_Domains_are_paged_each_once_and_counted_without_counting()
    {
        var catalogue = await OpenAsync();
        const int Count = 10_000;
        await Parallel.ForAsync(0, Count / 100, Cancellation, async (batch, cancellation) =>
        {
            for (var i = 0; i < 100; i++) await catalogue.SaveDomainAsync(Domain((batch * 100) + i), cancellation);
        });

        var seen = await AllAsync(after => catalogue.ListDomainsAsync(new DomainListing(after, 500, Chain, null, null), Cancellation), page => (page.Domains.Select(domain => domain.Domain), page.Next));
        Assert.Equal(Count, seen.Count);
        Assert.Equal(Count, seen.Distinct().Count());
        Assert.Equal((Count, Count), await catalogue.CountDomainsAsync(Chain, 2, Cancellation));

        // A page costs the same wherever it begins: it is found by an index, not by walking there.
        Assert.Equal((0, 0), await catalogue.CountDomainsAsync(Other, 2, Cancellation));
    }

    [Fact]
    public async Task Domains_that_wait_leave_the_list_as_they_are_rewrapped_and_none_is_passed_over()
    {
        var catalogue = await OpenAsync();
        for (var i = 0; i < 300; i++) await catalogue.SaveDomainAsync(Domain(i) with { TrustNumber = (ulong)(1 + (i % 2)) }, Cancellation);

        // Page by page with the mark, while everything on the page moves to the newest Trust.
        var moved = new List<DomainId>();
        string? after = null;
        do
        {
            var page = (await catalogue.ListDomainsAsync(new DomainListing(after, 7, Chain, null, 3), Cancellation)).Value;
            foreach (var domain in page.Domains)
            {
                moved.Add(domain.Domain);
                await catalogue.SaveDomainAsync(domain with { TrustNumber = 3, Revision = 2 }, Cancellation);
            }

            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(300, moved.Distinct().Count());
        Assert.Equal((300, 0), await catalogue.CountDomainsAsync(Chain, 3, Cancellation));
        Assert.Empty((await catalogue.ListDomainsAsync(new DomainListing(null, 7, Chain, null, 3), Cancellation)).Value.Domains);
    }

    [Fact]
    public async Task An_older_revision_changes_nothing_and_the_same_again_counts_once()
    {
        var catalogue = await OpenAsync();
        await catalogue.SaveDomainAsync(Domain(1) with { Revision = 3, TrustNumber = 2 }, Cancellation);
        await catalogue.SaveDomainAsync(Domain(1) with { Revision = 2, TrustNumber = 1 }, Cancellation);
        await catalogue.SaveDomainAsync(Domain(1) with { Revision = 3, TrustNumber = 2 }, Cancellation);
        Assert.Equal((1, 0), await catalogue.CountDomainsAsync(Chain, 2, Cancellation));
        var listed = Assert.Single((await catalogue.ListDomainsAsync(new DomainListing(null, 10, Chain, null, null), Cancellation)).Value.Domains);
        Assert.Equal(3UL, listed.Revision);
        Assert.True(listed.SealedKeys.IsEmpty);

        // A retired one is listed, but waits for nothing.
        await catalogue.SaveDomainAsync(Domain(1) with { Revision = 3, TrustNumber = 2, Retired = true }, Cancellation);
        Assert.Equal((0, 0), await catalogue.CountDomainsAsync(Chain, 9, Cancellation));
        Assert.Empty((await catalogue.ListDomainsAsync(new DomainListing(null, 10, Chain, null, 9), Cancellation)).Value.Domains);
        Assert.True(Assert.Single((await catalogue.ListDomainsAsync(new DomainListing(null, 10, Chain, null, null), Cancellation)).Value.Domains).Retired);
    }

    [Fact]
    public async Task Domains_are_found_by_owner_and_chain()
    {
        var catalogue = await OpenAsync();
        for (var i = 0; i < 40; i++)
            await catalogue.SaveDomainAsync(Domain(i) with { Chain = i % 4 == 0 ? Other : Chain, Owner = i % 2 == 0 ? "vaultgrid://operator/1" : "" }, Cancellation);
        Assert.Equal(20, (await catalogue.ListDomainsAsync(new DomainListing(null, 100, null, "vaultgrid://operator/1", null), Cancellation)).Value.Domains.Length);
        Assert.Equal(10, (await catalogue.ListDomainsAsync(new DomainListing(null, 100, Chain, "vaultgrid://operator/1", null), Cancellation)).Value.Domains.Length);
        Assert.Equal(10, (await catalogue.ListDomainsAsync(new DomainListing(null, 100, Other, null, null), Cancellation)).Value.Domains.Length);
        Assert.Empty((await catalogue.ListDomainsAsync(new DomainListing(null, 100, null, "x' OR '1'='1", null), Cancellation)).Value.Domains);
    }

    [Fact]
    public async Task Trusts_are_found_by_chain_state_and_operator_newest_first()
    {
        var catalogue = await OpenAsync();
        for (var i = 0; i < 60; i++) await catalogue.SaveTrustAsync(Trust(i), Cancellation);
        var all = await AllAsync(after => catalogue.ListTrustsAsync(new TrustListing(after, 7, null, null, null), Cancellation), page => (page.Trusts.Select(trust => trust.Trust), page.Next));
        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(i => Trust(i).Trust), all);

        Assert.Equal(30, (await catalogue.ListTrustsAsync(new TrustListing(null, 100, Chain, null, null), Cancellation)).Value.Trusts.Length);
        Assert.Equal(20, (await catalogue.ListTrustsAsync(new TrustListing(null, 100, null, TrustState.Signed, null), Cancellation)).Value.Trusts.Length);
        var own = await AllAsync(
            after => catalogue.ListTrustsAsync(new TrustListing(after, 3, null, null, "vaultgrid://operator/3"), Cancellation), page => (page.Trusts.Select(trust => trust.Trust), page.Next));
        Assert.Equal(Enumerable.Range(0, 60).Reverse().Where(i => i % 5 == 3).Select(i => Trust(i).Trust), own);
        Assert.Equal(6, (await catalogue.ListTrustsAsync(new TrustListing(null, 100, Chain, null, "vaultgrid://operator/3"), Cancellation)).Value.Trusts.Length);

        // What becomes of one is seen wherever it is listed; an older report changes nothing.
        await catalogue.SaveTrustAsync(Trust(3) with { State = TrustState.Passed, Changed = Start.AddDays(1) }, Cancellation);
        await catalogue.SaveTrustAsync(Trust(3), Cancellation);
        var passed = Assert.Single((await catalogue.ListTrustsAsync(new TrustListing(null, 100, null, TrustState.Passed, "vaultgrid://operator/3"), Cancellation)).Value.Trusts, trust => trust.Trust == Trust(3).Trust);
        Assert.True(passed.Document.IsEmpty);
    }

    [Fact]
    public async Task HSMs_and_operators_stand_in_their_order_each_once()
    {
        var catalogue = await OpenAsync();
        foreach (var (cluster, node) in new[] { (2u, 10u), (2u, 2u), (1u, 3u), (1u, 1u), (1u, 3u) })
        {
            foreach (var chain in new[] { Other, Chain })
                await catalogue.SaveHsmKeyAsync(new HsmKeyReport(new NodeId(new ClusterId(cluster), node), chain, 1, Hash256.Sha256([1]), new byte[] { 1 }, false), Cancellation);
        }

        var ofChain = await AllAsync(after => catalogue.ListHsmKeysAsync(Chain, after, 1, Cancellation), page => (page.Keys.Select(key => key.Node.ToString()), page.Next));
        Assert.Equal(["1/1", "1/3", "2/2", "2/10"], ofChain);
        Assert.Equal(8, (await AllAsync(after => catalogue.ListHsmKeysAsync(null, after, 3, Cancellation), page => (page.Keys.Select(key => (key.Node, key.Chain)), page.Next))).Distinct().Count());

        foreach (var name in new[] { "3", "1", "20", "2" })
            await catalogue.SaveOperatorAsync(new OperatorReport($"vaultgrid://operator/{name}", Hash256.Sha256([9]), new byte[] { 1 }, Start), Cancellation);
        await catalogue.SaveOperatorAsync(new OperatorReport("vaultgrid://operator/2", Hash256.Sha256([9]), new byte[] { 2 }, Start.AddDays(1)), Cancellation);
        await catalogue.SaveOperatorAsync(new OperatorReport("vaultgrid://operator/2", Hash256.Sha256([9]), new byte[] { 3 }, Start), Cancellation);
        var operators = await AllAsync(after => catalogue.ListOperatorsAsync(after, 1, Cancellation), page => (page.Operators, page.Next));
        Assert.Equal(["vaultgrid://operator/1", "vaultgrid://operator/2", "vaultgrid://operator/20", "vaultgrid://operator/3"], operators.Select(each => each.Identity));
        Assert.Equal(2, operators[1].Certificate.Span[0]);
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("-1", 10)]
    [InlineData("1.2.3", 10)]
    [InlineData("x", 10)]
    [InlineData(null, 0)]
    [InlineData(null, 501)]
    public async Task A_mark_or_limit_that_is_none_is_refused(string? after, int limit)
    {
        var catalogue = await OpenAsync();
        Assert.Equal(RefusalCode.PageInvalid, (await catalogue.ListTrustsAsync(new TrustListing(after, limit, null, null, null), Cancellation)).Code());
        Assert.Equal(RefusalCode.PageInvalid, (await catalogue.ListDomainsAsync(new DomainListing(after, limit, null, null, null), Cancellation)).Code());
        Assert.Equal(RefusalCode.PageInvalid, (await catalogue.ListDomainsAsync(new DomainListing(after, limit, Chain, null, 3), Cancellation)).Code());
        Assert.Equal(RefusalCode.PageInvalid, (await catalogue.ListHsmKeysAsync(null, after, limit, Cancellation)).Code());
        Assert.Equal(RefusalCode.PageInvalid, (await catalogue.ListOperatorsAsync(after, limit, Cancellation)).Code());
        Assert.Equal(RefusalCode.PageInvalid, (await catalogue.ListDomainsAsync(new DomainListing(null, 10, null, null, 3), Cancellation)).Code());
    }

    private static async Task<List<T>> AllAsync<TPage, T>(Func<string?, Task<Outcome<TPage>>> list, Func<TPage, (IEnumerable<T> Items, string? Next)> read)
        where TPage : notnull
    {
        var all = new List<T>();
        string? after = null;
        do
        {
            var (items, next) = read((await list(after)).Value);
            all.AddRange(items);
            after = next;
        }
        while (after is not null);
        return all;
    }

    private static DomainReport Domain(int i) => new()
    {
        Domain = new DomainId(new Guid(i, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8])),
        Chain = Chain,
        Trust = Hash256.Sha256([1]),
        TrustNumber = 1,
        Revision = 1,
        Keys = Hash256.Sha256(BitConverter.GetBytes(i)),
        Kind = 1,
        MasterVersion = 1,
        Owner = "",
        Changed = Start,
        SealedKeys = new byte[] { 1, 2, 3 },
    };

    private static TrustReport Trust(int i) => new()
    {
        Trust = Hash256.Sha256(BitConverter.GetBytes(i)),
        Chain = i % 2 == 0 ? Chain : Other,
        Number = 1,
        State = (TrustState)(i % 3),
        Caller = VaultSite.Caller,
        Filed = Start,
        Changed = Start,
        Quorum = 2,
        Operators = [$"vaultgrid://operator/{i % 5}", "vaultgrid://operator/9"],
        Hsms = [],
        Signers = [],
        Document = new byte[] { 1, 2, 3 },
    };
}
