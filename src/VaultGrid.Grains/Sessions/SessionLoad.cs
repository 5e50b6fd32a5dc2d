namespace VaultGrid.Grains.Sessions;

/// <summary>Whether somebody waits for a signature of several clusters on this silo: what is prepared is prepared while nobody does.</summary>
internal sealed class SessionLoad(TimeProvider time)
{
    private int _underWay;
    private long _last;

    /// <summary>A session begins; disposing of the answer ends it.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _underWay);
        return new Session(this);
    }

    /// <summary>True where none has been under way for so long.</summary>
    public bool IsIdle(TimeSpan since) => Volatile.Read(ref _underWay) == 0 && time.GetElapsedTime(Volatile.Read(ref _last)) >= since;

    private sealed class Session(SessionLoad load) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref load._last, load.Now());
            Interlocked.Decrement(ref load._underWay);
        }
    }

    private long Now() => time.GetTimestamp();
}
