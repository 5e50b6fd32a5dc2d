using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// Brings all Domains of one chain (key: its id) under its newest Trust, in the background, after HSMs came or went. A silo's death delays it; what was re-wrapped by then stays. A
/// Domain is readable all the while: its next revision takes its place in one write.
/// </summary>
[Alias("vg.rewrap.v1")]
public interface IRewrapGrain : IGrainWithStringKey
{
    /// <summary>Starts, or goes on at once where it waits; <c>trust.unknown</c>. Repeating it does no harm.</summary>
    [Alias("start")]
    Task<Answer<RewrapReport>> StartAsync(CancellationToken cancellationToken);

    /// <summary>How far it is; <c>trust.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<RewrapReport>> GetAsync(CancellationToken cancellationToken);
}
