namespace VaultGrid.Relay;

/// <summary>
/// Ends calls that went through a silo that died. Orleans itself lets them wait for its whole response timeout; here they have a moment to be answered by others,
/// and then fail in a way that may be repeated, through a silo that lives.
/// </summary>
internal sealed class LostGateways(TimeProvider time) : IClusterConnectionStatusObserver, IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource _lost = New();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var lost = _lost.Task;
        var call = context.Invoke();
        if (await Task.WhenAny(call, lost) == lost && await Task.WhenAny(call, Task.Delay(Grace, time)) != call)
        {
            // What becomes of it is nobody's concern any more, not even as a fault that nobody looked at.
            _ = call.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new SiloUnavailableException("the connection to a silo was lost while the call was under way");
        }

        await call;
    }

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (currentNumberOfGateways < previousNumberOfGateways) Interlocked.Exchange(ref _lost, New()).TrySetResult();
    }

    public void NotifyClusterConnectionLost()
    {
        // Orleans ends every call by itself.
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
