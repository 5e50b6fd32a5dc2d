using VaultGrid.Grains.Approvals;

namespace VaultGrid.Grains.Tests.History;

/// <summary>What every request history must do; each database runs all of it.</summary>
public abstract class RequestHistoryTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Hash256 Key = Hash256.Sha256([7]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty history.</summary>
    internal abstract Task<IRequestHistory> OpenAsync();

    /// <summary>Opens it again as a database that a program of before several clusters were indexed has left.</summary>
    internal abstract Task<IRequestHistory> UpgradeAsync();

    [Fact]
    public async Task Ten_thousand_requests_are_paged_newest_first_each_once()
    {
        var history = await OpenAsync();
        const int Count = 10_000;
        await Parallel.ForAsync(0, Count / 100, Cancellation, async (batch, cancellation) =>
        {
            for (var i = 0; i < 100; i++) await history.SaveAsync(Report((batch * 100) + i), cancellation);
        });

        var seen = new List<RequestId>();
        string? after = null;
        do
        {
            var page = (await history.ListAsync(new HistoryQuery(after, 500, null, null, null), Cancellation)).Value;
            seen.AddRange(page.Requests.Select(request => request.RequestId));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(Count, seen.Count);
        Assert.Equal(Count, seen.Distinct().Count());

        // What comes later stands before what came earlier.
        await history.SaveAsync(Report(Count), Cancellation);
        var newest = (await history.ListAsync(new HistoryQuery(null, 1, null, null, null), Cancellation)).Value;
        Assert.Equal(Report(Count).RequestId, Assert.Single(newest.Requests).RequestId);
        Assert.NotNull(newest.Next);
    }

    [Fact]
    public async Task Filters_choose_by_cluster_state_and_caller()
    {
        var history = await OpenAsync();
        for (var i = 0; i < 60; i++)
        {
            await history.SaveAsync(
                Report(i) with { Cluster = new ClusterId((uint)((i % 2) + 1)), State = (RequestState)(i % 3), Caller = $"caller {i % 5}" }, Cancellation);
        }

        Assert.Equal(30, await CountAsync(history, new HistoryQuery(null, 100, new ClusterId(1), null, null)));
        Assert.Equal(20, await CountAsync(history, new HistoryQuery(null, 100, null, RequestState.Done, null)));
        Assert.Equal(12, await CountAsync(history, new HistoryQuery(null, 100, null, null, "caller 3")));
        Assert.Equal(2, await CountAsync(history, new HistoryQuery(null, 100, new ClusterId(2), RequestState.Done, "caller 1")));
        Assert.Equal(0, await CountAsync(history, new HistoryQuery(null, 100, null, null, "caller 3' OR '1'='1")));
    }

    [Fact]
    public async Task A_request_of_several_clusters_stands_under_each_of_them_in_its_place_once()
    {
        var history = await OpenAsync();
        for (var i = 0; i < 40; i++) await history.SaveAsync(OfSeveral(i), Cancellation);

        // Written anew, as every request is whose state moves: nothing is listed twice.
        await history.SaveAsync(OfSeveral(3) with { State = RequestState.Done, Changed = Start.AddSeconds(1) }, Cancellation);

        Assert.Equal(Numbers(i => i % 4 is 0 or 1), await PagedAsync(history, new HistoryQuery(null, 3, new ClusterId(1), null, null)));
        Assert.Equal(Numbers(i => i % 4 is 1 or 2 or 3), await PagedAsync(history, new HistoryQuery(null, 7, new ClusterId(2), null, null)));
        Assert.Equal(Numbers(i => i % 4 is 1 or 3), await PagedAsync(history, new HistoryQuery(null, 1, new ClusterId(3), null, null)));
        Assert.Equal([3], await PagedAsync(history, new HistoryQuery(null, 10, new ClusterId(3), RequestState.Done, null)));
        Assert.Empty(await PagedAsync(history, new HistoryQuery(null, 10, new ClusterId(4), null, null)));
        Assert.Equal(20, (await history.ListOpenAsync(new ClusterId(1), DateTimeOffset.MaxValue, 100, Cancellation)).Count);
        Assert.Equal(19, (await history.ListOpenAsync(new ClusterId(3), DateTimeOffset.MaxValue, 100, Cancellation)).Count);
    }

    [Fact]
    public async Task Rows_of_a_program_of_before_stand_under_each_of_their_clusters_too()
    {
        var history = await OpenAsync();
        for (var i = 0; i < 8; i++) await history.SaveAsync(OfSeveral(i), Cancellation);
        history = await UpgradeAsync();
        Assert.Equal([7, 5, 3, 1], await PagedAsync(history, new HistoryQuery(null, 10, new ClusterId(3), null, null)));
        await history.SaveAsync(OfSeveral(9), Cancellation);
        Assert.Equal([9, 7, 5, 3, 1], await PagedAsync(history, new HistoryQuery(null, 2, new ClusterId(3), null, null)));
    }

    [Fact]
    public async Task A_customer_s_requests_are_those_that_were_so_when_they_were_filed()
    {
        var history = await OpenAsync();
        for (var i = 0; i < 40; i++) await history.SaveAsync(OfSeveral(i) with { Customers = i % 3 == 0 ? ["acme", "zenith"] : i % 3 == 1 ? ["acme"] : [] }, Cancellation);
        await history.SaveAsync(OfSeveral(1) with { Customers = ["acme"], State = RequestState.Done, Changed = Start.AddSeconds(1) }, Cancellation);

        Assert.Equal(Numbers(i => i % 3 is 0), await PagedAsync(history, new HistoryQuery(null, 4, null, null, null, "zenith")));
        Assert.Equal(Numbers(i => i % 3 is 0 or 1), await PagedAsync(history, new HistoryQuery(null, 4, null, null, null, "acme")));
        Assert.Equal(Numbers(i => i % 3 is 0 && i % 4 is 1 or 3), await PagedAsync(history, new HistoryQuery(null, 4, new ClusterId(3), null, null, "zenith")));
        Assert.Empty(await PagedAsync(history, new HistoryQuery(null, 4, null, null, null, "acme' OR '1'='1")));
    }

    [Fact]
    public async Task A_row_keeps_its_place_and_its_newest_report_and_no_bytes()
    {
        var history = await OpenAsync();
        await history.SaveAsync(Report(1), Cancellation);
        await history.SaveAsync(Report(2), Cancellation);
        var done = Report(1) with { State = RequestState.Done, Changed = Start.AddSeconds(5), Request = new byte[] { 1 }, Document = new byte[] { 2 } };
        await history.SaveAsync(done, Cancellation);
        await history.SaveAsync(Report(1), Cancellation);

        var page = (await history.ListAsync(new HistoryQuery(null, 10, null, null, null), Cancellation)).Value;
        Assert.Equal([Report(2).RequestId, Report(1).RequestId], page.Requests.Select(request => request.RequestId));
        Assert.Equal(RequestState.Done, page.Requests[1].State);
        Assert.True(page.Requests[1].Request.IsEmpty && page.Requests[1].Document.IsEmpty);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task A_signing_is_counted_once_however_often_its_row_is_written()
    {
        var history = await OpenAsync();
        var cluster = new ClusterId(1);
        var signed = Report(1) with { State = RequestState.Done, Key = Key, Signature = Signature(), Changed = Start.AddSeconds(1) };
        await history.SaveAsync(Report(1) with { Key = Key }, Cancellation);
        Assert.Equal(0, await history.CountSignaturesAsync(cluster, Key, Cancellation));
        await history.SaveAsync(signed, Cancellation);
        await history.SaveAsync(signed, Cancellation);
        await history.SaveAsync(signed with { RequestId = Report(2).RequestId }, Cancellation);
        Assert.Equal(2, await history.CountSignaturesAsync(cluster, Key, Cancellation));
        Assert.Equal(0, await history.CountSignaturesAsync(new ClusterId(2), Key, Cancellation));
    }

    [Fact]
    public async Task Open_requests_are_found_by_their_expiry()
    {
        var history = await OpenAsync();
        for (var i = 0; i < 10; i++) await history.SaveAsync(Report(i) with { Expires = Start.AddMinutes(10 - i), State = i == 9 ? RequestState.Done : RequestState.Open }, Cancellation);
        var late = await history.ListOpenAsync(new ClusterId(1), Start.AddMinutes(4), 10, Cancellation);
        Assert.Equal([Report(8).RequestId, Report(7).RequestId], late);
        Assert.Equal(9, (await history.ListOpenAsync(new ClusterId(1), DateTimeOffset.MaxValue, 100, Cancellation)).Count);
        Assert.Empty(await history.ListOpenAsync(new ClusterId(2), DateTimeOffset.MaxValue, 100, Cancellation));
    }

    [Theory]
    [InlineData("x", 10)]
    [InlineData("-1", 10)]
    [InlineData("0", 10)]
    [InlineData("99999999999999999999", 10)]
    [InlineData(null, 0)]
    [InlineData(null, 501)]
    public async Task A_page_that_is_none_is_refused(string? after, int limit)
    {
        var history = await OpenAsync();
        Assert.Equal(RefusalCode.PageInvalid, (await history.ListAsync(new HistoryQuery(after, limit, null, null, null), Cancellation)).Refusal?.Code);
    }

    private static async Task<int> CountAsync(IRequestHistory history, HistoryQuery query) => (await history.ListAsync(query, Cancellation)).Value.Requests.Length;

    // Of cluster 1, of 1, 2 and 3, of 2, and of 2 and 3.
    private static RequestReport OfSeveral(int number) => (number % 4) switch
    {
        0 => Report(number),
        1 => Report(number) with { Clusters = [new ClusterId(1), new ClusterId(2), new ClusterId(3)] },
        2 => Report(number) with { Cluster = new ClusterId(2) },
        _ => Report(number) with { Cluster = new ClusterId(2), Clusters = [new ClusterId(2), new ClusterId(3)] },
    };

    private static IEnumerable<int> Numbers(Func<int, bool> wanted) => Enumerable.Range(0, 40).Where(wanted).Reverse();

    // Page after page, by the numbers that the requests were made of.
    private static async Task<List<int>> PagedAsync(IRequestHistory history, HistoryQuery query)
    {
        var known = Enumerable.Range(0, 40).ToDictionary(number => Report(number).RequestId);
        var seen = new List<int>();
        string? after = null;
        do
        {
            var page = (await history.ListAsync(query with { After = after }, Cancellation)).Value;
            seen.AddRange(page.Requests.Select(request => known[request.RequestId]));
            after = page.Next;
        }
        while (after is not null);
        return seen;
    }

    private static RequestReport Report(int number)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new RequestReport
        {
            RequestId = RequestId.FromRandom(bytes),
            Hash = Hash256.Sha256(bytes),
            Action = "sign",
            Cluster = new ClusterId(1),
            State = RequestState.Open,
            Caller = "vaultgrid://client/desk",
            Filed = Start,
            Changed = Start,
            Expires = Start.AddHours(1),
        };
    }

    private static SignatureReport Signature() =>
        new(default, new byte[32], new byte[32], 0, new byte[33], "m", new NodeId(new ClusterId(1), 1), default);
}
