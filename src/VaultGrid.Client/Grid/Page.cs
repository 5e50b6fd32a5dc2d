using System.Text.Json.Serialization;

namespace VaultGrid.Client;

/// <summary>One page of a listing.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to pass as <see cref="PageQuery.After"/> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>Which page is wanted.</summary>
public record PageQuery
{
    /// <summary>The largest page.</summary>
    public const int LimitMax = 500;

    /// <summary>The mark that the page before gave; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>How many items at most.</summary>
    /// <value>50; from 1 to <see cref="LimitMax"/>.</value>
    public int Limit { get; init; } = 50;
}
