namespace VaultGrid.Grains;

/// <summary>Which requests are wanted, newest first.</summary>
/// <param name="After">The mark that the page before gave; null for the first.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Cluster">Only this cluster's, those included that several clusters act on.</param>
/// <param name="State">Only those in this state.</param>
/// <param name="Caller">Only those filed by this caller.</param>
/// <param name="Customer">Only those of clusters that were assigned to this customer when they were filed.</param>
[GenerateSerializer, Immutable, Alias("vg.approval.query.v1")]
public sealed record HistoryQuery(
    [property: Id(0)] string? After,
    [property: Id(1)] int Limit,
    [property: Id(2)] ClusterId? Cluster,
    [property: Id(3)] RequestState? State,
    [property: Id(4)] string? Caller,
    [property: Id(5)] string? Customer = null);

/// <summary>A page of the request history.</summary>
/// <param name="Requests">The requests, newest first, without their bytes.</param>
/// <param name="Next">The mark for the next page; null on the last.</param>
[GenerateSerializer, Immutable, Alias("vg.approval.page.v1")]
public sealed record HistoryPage([property: Id(0)] ImmutableArray<RequestReport> Requests, [property: Id(1)] string? Next);
