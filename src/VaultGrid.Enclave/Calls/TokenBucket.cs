namespace VaultGrid.Enclave;

/// <summary>Lets a burst through, then a steady rate. Safe for use from any thread.</summary>
internal sealed class TokenBucket(TimeProvider time, int burst, double perSecond)
{
    private readonly Lock _gate = new();
    private double _tokens = burst;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes a token, if there is one.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
            _filled = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }
}
