namespace VaultGrid.Grains;

/// <summary>How far the Domains of a chain are on their way under its newest Trust.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Trust">The Trust that they are brought under.</param>
/// <param name="Number">Its number.</param>
/// <param name="Phase">What is going on.</param>
/// <param name="Done">How many were re-wrapped for this Trust.</param>
/// <param name="Left">How many stand under an older one.</param>
/// <param name="Refused">Some of those that could not be re-wrapped in the last pass.</param>
/// <param name="Changed">When something happened last.</param>
[GenerateSerializer, Immutable, Alias("vg.rewrap.report.v1")]
public sealed record RewrapReport(
    [property: Id(0)] TrustId Chain,
    [property: Id(1)] Hash256 Trust,
    [property: Id(2)] ulong Number,
    [property: Id(3)] RewrapPhase Phase,
    [property: Id(4)] long Done,
    [property: Id(5)] long Left,
    [property: Id(6)] ImmutableArray<RefusedDomain> Refused,
    [property: Id(7)] DateTimeOffset Changed);

/// <summary>A Domain that could not be re-wrapped.</summary>
/// <param name="Domain">The Domain.</param>
/// <param name="Refusal">Why.</param>
[GenerateSerializer, Immutable, Alias("vg.rewrap.refused.v1")]
public sealed record RefusedDomain([property: Id(0)] DomainId Domain, [property: Id(1)] Refused Refusal);
