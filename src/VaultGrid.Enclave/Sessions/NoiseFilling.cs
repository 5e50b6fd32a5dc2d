using System.Security.Cryptography;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>
/// Draws Paillier noise for the threshold keys, and makes agreements for boxes to peers, while the enclave has nothing else to do, one at a time, on a thread that gives way to
/// every other: a signature that comes finds them ready, and is not made to wait for them.
/// </summary>
internal sealed class NoiseFilling : IDisposable
{
    // No call for so long: the next one of a session that is under way comes sooner.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    private readonly Func<IEnumerable<Leased<OpenShare>>> _shares;
    private readonly Func<object> _keys;
    private readonly Func<bool>? _agree;
    private readonly ManualResetEventSlim _stop = new();
    private readonly AutoResetEvent _used = new(initialState: false);
    private readonly Thread _thread;
    private int _underWay;
    private int _calls;

    // Without a threshold key there is nothing to fill, and no call of a session need wake the thread to see that.
    private volatile bool _hasShares = true;
    private volatile object? _seen;

    /// <param name="shares">The shares that there are now.</param>
    /// <param name="keys">The keys that there are now, as one object: another where they have changed.</param>
    /// <param name="agree">Makes one agreement ahead; false where there is none to make.</param>
    public NoiseFilling(Func<IEnumerable<Leased<OpenShare>>> shares, Func<object> keys, Func<bool>? agree = null)
    {
        (_shares, _keys, _agree) = (shares, keys, agree);
        _thread = new Thread(Run) { IsBackground = true, Name = "noise" };
    }

    /// <summary>Begins to fill.</summary>
    public void Start() => _thread.Start();

    /// <summary>A call begins.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _underWay);
    }

    /// <summary>A call has ended; a session's may have used noise, and others may have brought a threshold key.</summary>
    public void End(EnclaveCallKind kind)
    {
        Interlocked.Decrement(ref _underWay);
        var isNeeded = kind switch
        {
            EnclaveCallKind.OpenSession or EnclaveCallKind.StepSession or EnclaveCallKind.SessionKey => _hasShares,
            EnclaveCallKind.Perform or EnclaveCallKind.Accept => !ReferenceEquals(_seen, _keys()),
            _ => false,
        };
        if (isNeeded) _used.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _used.Set();
        if (_thread.IsAlive) _thread.Join();
        _used.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        Posix.GiveWay();
        using var random = RandomNumberGenerator.Create();
        try
        {
            do
            {
                while (!_stop.IsSet && HasShares() && (!WaitUntilQuiet() || FillOne(random))) { }
            }
            while (!_stop.IsSet && _used.WaitOne() && !_stop.IsSet);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Without a stock every session draws its own: slower, and nothing worse.
            Notices.Failed("noise could not be drawn ahead", fault);
        }
    }

    // A key that comes after this look is another ring than the one seen.
    private bool HasShares()
    {
        var keys = _keys();
        if (ReferenceEquals(_seen, keys)) return _hasShares;
        _seen = keys;
        return _hasShares = _shares().Any();
    }

    // False where every stock is full.
    private bool FillOne(RandomNumberGenerator random)
    {
        if (_agree?.Invoke() == true) return true;
        foreach (var share in _shares())
        {
            if (!share.TryTake(out var lease)) continue;
            using (lease)
            {
                if (lease.Value.Noise.FillOne(random)) return true;
            }
        }

        return false;
    }

    private bool WaitUntilQuiet()
    {
        var before = Volatile.Read(ref _calls);
        _stop.Wait(Quiet);
        return Volatile.Read(ref _underWay) == 0 && Volatile.Read(ref _calls) == before;
    }
}
