namespace VaultGrid.Client;

/// <summary>Which Trusts are wanted.</summary>
public sealed record TrustQuery : PageQuery
{
    /// <summary>Only this chain's.</summary>
    public TrustId? Chain { get; init; }

    /// <summary>Only those in this state: <c>unsigned</c>, <c>signed</c>, <c>passed</c>.</summary>
    public string? State { get; init; }

    /// <summary>Only those that name this operator (identity): an operator's own.</summary>
    public string? Operator { get; init; }
}
