using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// A bounded stock of <see cref="PaillierNoise"/> for one key, so that an idle enclave prepares what a signature would otherwise wait for. It starts
/// no work by itself: the caller fills it when idle. Each noise is handed out once; any thread may call.
/// </summary>
[DebuggerDisplay("PaillierNoisePool(redacted)")]
public sealed class PaillierNoisePool : IDisposable
{
    private readonly Lock _gate = new();

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly PaillierPrivateKey _key;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Stack<PaillierNoise> _stock = new();

    private bool _closed;

    /// <param name="key">Whose noise; it outlives the pool and is not disposed of with it.</param>
    /// <param name="capacity">How many to keep at most, 0 or more; one takes as many bytes of locked memory as a ciphertext has.</param>
    public PaillierNoisePool(PaillierPrivateKey key, int capacity)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        (_key, Capacity) = (key, capacity);
    }

    /// <summary>How many are kept at most.</summary>
    public int Capacity { get; }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _stock.Count;
        }
    }

    /// <summary>Takes one of the stock, or makes one where there is none.</summary>
    public PaillierNoise Take(RandomNumberGenerator random)
    {
        lock (_gate)
        {
            if (_stock.TryPop(out var ready)) return ready;
        }
        return _key.DrawNoise(random);
    }

    /// <summary>Adds one: some milliseconds of work. The background step.</summary>
    /// <returns>False if the pool is full (or closed); nothing was done then.</returns>
    public bool FillOne(RandomNumberGenerator random)
    {
        lock (_gate)
        {
            if (_closed || _stock.Count >= Capacity) return false;
        }

        var noise = _key.DrawNoise(random);
        lock (_gate)
        {
            if (!_closed && _stock.Count < Capacity)
            {
                _stock.Push(noise);
                return true;
            }
        }
        noise.Dispose();
        return false;
    }

    /// <summary>Wipes the stock; the pool stays empty from here on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            while (_stock.TryPop(out var noise)) noise.Dispose();
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PaillierNoisePool(redacted)";
}
