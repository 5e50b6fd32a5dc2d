using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>
/// Agreements for boxes to one recipient (<see cref="SealedBox"/>), made ahead: an ephemeral key pair and the shared secret, which depend on nothing but the recipient. Bounded, and
/// empty until its first box was asked for. It starts no work by itself: the caller fills it when idle. Each agreement serves once; any thread may call.
/// </summary>
[DebuggerDisplay("BoxStock(redacted)")]
public sealed class BoxStock : IDisposable
{
    private readonly Lock _gate = new();
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Stack<(byte[] Ephemeral, SecretBytes Shared)> _stock = new();

    private bool _isUsed;
    private bool _closed;

    /// <param name="recipient">The key that opens.</param>
    /// <param name="capacity">How many to keep at most, 0 or more.</param>
    public BoxStock(P256PublicKey recipient, int capacity)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        (Recipient, Capacity) = (recipient, capacity);
    }

    /// <summary>The key that opens.</summary>
    public P256PublicKey Recipient { get; }

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

    /// <summary>Makes an empty box, with an agreement of the stock or a new one where there is none.</summary>
    /// <param name="transcript">What both sides know of the exchange so far; the key depends on it.</param>
    public PreparedBox Prepare(ReadOnlySpan<byte> transcript)
    {
        (byte[] Ephemeral, SecretBytes Shared) agreed;
        bool isReady;
        lock (_gate)
        {
            _isUsed = true;
            isReady = _stock.TryPop(out agreed);
        }

        if (!isReady) agreed = SealedBox.Agree(Recipient);
        using (agreed.Shared) return SealedBox.Prepare(Recipient, agreed.Ephemeral, agreed.Shared, transcript);
    }

    /// <summary>Adds one: a tenth of a millisecond of work. The background step.</summary>
    /// <returns>False if the stock is full, unused or closed; nothing was done then.</returns>
    public bool FillOne()
    {
        lock (_gate)
        {
            if (_closed || !_isUsed || _stock.Count >= Capacity) return false;
        }

        var agreed = SealedBox.Agree(Recipient);
        lock (_gate)
        {
            if (!_closed && _stock.Count < Capacity)
            {
                _stock.Push(agreed);
                return true;
            }
        }

        agreed.Shared.Dispose();
        return false;
    }

    /// <summary>Wipes the stock; it stays empty from here on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            while (_stock.TryPop(out var agreed)) agreed.Shared.Dispose();
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "BoxStock(redacted)";
}
