namespace VaultGrid.Grains;

/// <summary>Which Trusts are wanted, newest first.</summary>
/// <param name="After">The mark that the page before gave; null for the first.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Chain">Only this chain's.</param>
/// <param name="State">Only those in this state.</param>
/// <param name="Operator">Only those that name this operator.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.query.v1")]
public sealed record TrustListing(
    [property: Id(0)] string? After,
    [property: Id(1)] int Limit,
    [property: Id(2)] TrustId? Chain,
    [property: Id(3)] TrustState? State,
    [property: Id(4)] string? Operator);

/// <summary>A page of Trusts.</summary>
/// <param name="Trusts">The Trusts, without their documents.</param>
/// <param name="Next">The mark for the next page; null on the last.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.page.v1")]
public sealed record TrustPage([property: Id(0)] ImmutableArray<TrustReport> Trusts, [property: Id(1)] string? Next);

/// <summary>A page of HSMs' keys.</summary>
/// <param name="Keys">In order of node, then chain.</param>
/// <param name="Next">The mark for the next page; null on the last.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.hsm-key-page.v1")]
public sealed record HsmKeyPage([property: Id(0)] ImmutableArray<HsmKeyReport> Keys, [property: Id(1)] string? Next);

/// <summary>A page of operators.</summary>
/// <param name="Operators">In order of identity.</param>
/// <param name="Next">The mark for the next page; null on the last.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.operator-page.v1")]
public sealed record OperatorPage([property: Id(0)] ImmutableArray<OperatorReport> Operators, [property: Id(1)] string? Next);
