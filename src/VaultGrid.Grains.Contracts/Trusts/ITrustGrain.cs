using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>One Trust's document (key: its hash). Its chain's grain decides what is written; this one keeps it, apart from the others of the chain.</summary>
[Alias("vg.trust.v1")]
public interface ITrustGrain : IGrainWithStringKey
{
    /// <summary>The Trust; <c>trust.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<TrustReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Keeps it, and lists it. For the chain's grain alone.</summary>
    [Alias("keep")]
    Task KeepAsync(TrustReport trust, CancellationToken cancellationToken);
}
