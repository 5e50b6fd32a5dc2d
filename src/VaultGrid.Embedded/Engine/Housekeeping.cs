namespace VaultGrid.Embedded.Engine;

/// <summary>Looks for calls whose time is up and for activations that nobody uses.</summary>
internal sealed class Housekeeping : IDisposable
{
    private readonly GrainEngine _engine;
    private readonly ITimer _expiry;
    private readonly ITimer _collection;

    public Housekeeping(GrainEngine engine)
    {
        _engine = engine;
        var expiryPeriod = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond, Math.Max(1, engine.Options.ResponseTimeout.Ticks / 4)));
        _expiry = engine.Time.CreateTimer(static state => ((Housekeeping)state!).ExpireCalls(), this, expiryPeriod, expiryPeriod);
        _collection = engine.Time.CreateTimer(
            static state => ((Housekeeping)state!).CollectIdle(), this, engine.Options.CollectionPeriod, engine.Options.CollectionPeriod);
    }

    public void Dispose()
    {
        _expiry.Dispose();
        _collection.Dispose();
    }

    private void ExpireCalls()
    {
        var time = _engine.Time;
        var allowed = (long)(_engine.Options.ResponseTimeout.TotalSeconds * time.TimestampFrequency);
        var sentBefore = time.GetTimestamp() - allowed;
        foreach (var activation in _engine.Directory.All)
        {
            if (activation.Load > 0)
            {
                activation.ExpireCalls(sentBefore);
            }
        }
    }

    private void CollectIdle()
    {
        foreach (var activation in _engine.Directory.All)
        {
            activation.CollectIfIdle(_engine.Options.CollectionAge);
        }
    }
}
