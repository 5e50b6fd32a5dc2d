using System.Security.Cryptography;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>
/// Draws Paillier noise for the threshold keys while the enclave has nothing else to do, one at a time, on a thread that gives way to every other: a
/// signature that comes finds it ready, and is not made to wait for it.
/// </summary>
internal sealed class NoiseFilling : IDisposable
{
    // No call for so long: the next one of a session that is under way comes sooner.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    private readonly Func<IEnumerable<Leased<OpenShare>>> _shares;
    private readonly ManualResetEventSlim _stop = new();
    private readonly AutoResetEvent _used = new(initialState: false);
    private readonly Thread _thread;
    private int _underWay;
    private int _calls;

    /// <param name="shares">The shares that there are now.</param>
    public NoiseFilling(Func<IEnumerable<Leased<OpenShare>>> shares)
    {
        _shares = shares;
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

    /// <summary>A call has ended; a session's may have used noise.</summary>
    public void End(EnclaveCallKind kind)
    {
        Interlocked.Decrement(ref _underWay);
        if (kind is EnclaveCallKind.OpenSession or EnclaveCallKind.StepSession or EnclaveCallKind.SessionKey or EnclaveCallKind.Perform or EnclaveCallKind.Accept) _used.Set();
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
                while (!_stop.IsSet && (!WaitUntilQuiet() || FillOne(random))) { }
            }
            while (!_stop.IsSet && _used.WaitOne() && !_stop.IsSet);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Without a stock every session draws its own: slower, and nothing worse.
            Notices.Failed("noise could not be drawn ahead", fault);
        }
    }

    // False where every stock is full.
    private bool FillOne(RandomNumberGenerator random)
    {
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
