namespace VaultGrid.Client;

/// <summary>How far the Domains of a chain are on their way under its newest Trust.</summary>
public sealed record RewrapStatus
{
    /// <summary>The chain.</summary>
    public required TrustId Chain { get; init; }

    /// <summary>The Trust that they are brought under.</summary>
    public required Hash256 Trust { get; init; }

    /// <summary>Its number.</summary>
    public required ulong Number { get; init; }

    /// <summary><c>idle</c> (never started), <c>running</c>, <c>waiting</c> (some are left that no HSM re-wrapped; they are tried again) or <c>done</c>.</summary>
    public required string State { get; init; }

    /// <summary>How many were re-wrapped for this Trust.</summary>
    public required long Done { get; init; }

    /// <summary>How many stand under an older one.</summary>
    public required long Left { get; init; }

    /// <summary>Some of those that could not be re-wrapped in the last pass.</summary>
    public IReadOnlyList<UnwrappedDomain> Refused { get; init; } = [];

    /// <summary>When something happened last; null before the first start.</summary>
    public DateTimeOffset? Changed { get; init; }
}

/// <summary>A Domain that could not be re-wrapped.</summary>
/// <param name="Domain">The Domain.</param>
/// <param name="Problem">Why.</param>
public sealed record UnwrappedDomain(DomainId Domain, Problem Problem);
