using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>
/// A secret that several threads use while another may close it: it is wiped when it is closed and the last user has gone. Disposing of
/// locked memory under a running computation is thus impossible.
/// </summary>
[DebuggerDisplay("Leased(redacted)")]
internal sealed class Leased<T>(T value)
    where T : class, IDisposable
{
    // The owner counts as one holder until it closes.
    private int _holders = 1;
    private int _closed;

    /// <summary>The secret, for the time of a lease; false where it is closed.</summary>
    public bool TryTake(out Lease lease)
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0 && Volatile.Read(ref _closed) == 0)
        {
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders)
            {
                lease = new Lease(this);
                return true;
            }

            holders = before;
        }

        lease = default;
        return false;
    }

    /// <summary>No new leases; wiped when the last is given back. Repeating it does nothing.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0) Release();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => $"Leased<{typeof(T).Name}>(redacted)";

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0) value.Dispose();
    }

    /// <summary>A right to use the secret until it is disposed of.</summary>
    internal readonly struct Lease(Leased<T> of) : IDisposable
    {
        /// <summary>The secret; it belongs to the holder.</summary>
        public T Value => of.Secret;

        /// <inheritdoc/>
        public void Dispose() => of?.Release();
    }

    private T Secret => value;
}
