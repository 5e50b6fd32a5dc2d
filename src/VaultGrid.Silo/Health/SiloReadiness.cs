using VaultGrid.Grains;

namespace VaultGrid.Silo.Health;

/// <summary>Whether this silo serves: the grid has heard of its enclaves, and answers.</summary>
internal sealed class SiloReadiness(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile bool _attached;

    public void Attached() => _attached = true;

    public async Task<Refusal?> CheckAsync(CancellationToken cancellationToken)
    {
        if (!_attached) return new Refusal(RefusalCode.GridUnavailable, "the grid has not heard of this silo's enclaves yet");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await grains.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(either.Token);
            return null;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or OperationCanceledException)
        {
            return new Refusal(RefusalCode.GridUnavailable, "the grid does not answer");
        }
    }
}
