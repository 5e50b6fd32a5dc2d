namespace VaultGrid.Enclave;

/// <summary>The enclave's time: the host's, but never below the highest time that a CA has signed and that was seen (protocols §1).</summary>
internal sealed class EnclaveClock(TimeProvider time, DateTimeOffset floor)
{
    private long _floor = floor.UtcTicks;

    /// <summary>Now.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var (host, least) = (time.GetUtcNow(), Floor);
            return host > least ? host : least;
        }
    }

    /// <summary>Now in whole seconds, as documents have it.</summary>
    public DateTimeOffset NowInSeconds => DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());

    /// <summary>The lowest time that this clock shows.</summary>
    public DateTimeOffset Floor => new(Interlocked.Read(ref _floor), TimeSpan.Zero);

    /// <summary>Takes note of a time that a CA signed; a lower one changes nothing.</summary>
    public void Raise(DateTimeOffset signed)
    {
        var seen = Interlocked.Read(ref _floor);
        while (signed.UtcTicks > seen)
        {
            var before = Interlocked.CompareExchange(ref _floor, signed.UtcTicks, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
