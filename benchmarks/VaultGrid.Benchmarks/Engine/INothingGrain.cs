namespace VaultGrid.Benchmarks;

/// <summary>A grain that does nothing.</summary>
[Alias("vg.bench.nothing.v1")]
public interface INothingGrain : IGrainWithIntegerKey
{
    /// <summary>Does nothing.</summary>
    [Alias("nothing")]
    Task DoNothingAsync(CancellationToken cancellationToken);
}

internal sealed class NothingGrain : Grain, INothingGrain
{
    public Task DoNothingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
