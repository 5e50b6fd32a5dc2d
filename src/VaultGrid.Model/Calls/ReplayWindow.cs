using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>
/// Remembers calls until they expire, so that each is answered once; bounded, in memory. Calls that could have been answered before this window began
/// (an enclave's restart) are refused, so that forgetting them does no harm. Safe for use from several threads.
/// </summary>
public sealed class ReplayWindow
{
    private readonly Lock _gate = new();
    private readonly HashSet<Hash256> _seen = [];
    private readonly PriorityQueue<Hash256, DateTimeOffset> _byExpiry = new();
    private readonly int _capacity;
    private readonly DateTimeOffset _certain;

    /// <summary>Begins a window.</summary>
    /// <param name="start">Now: no call that expires within a call's longest life from here is answered.</param>
    /// <param name="capacity">The most calls remembered at a time: calls per second times five minutes.</param>
    public ReplayWindow(DateTimeOffset start, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_certain, _capacity) = (start + CallBody.LongestLife, capacity);
    }

    /// <summary>How many calls it remembers.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _seen.Count;
        }
    }

    /// <summary>The name of a call: callers choose nonces, so theirs can't collide with another's.</summary>
    public static Hash256 NameOf(CertificateKey caller, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Hash256.Of("call-nonce", [.. caller.SpkiHash.Span, .. nonce]);
    }

    /// <summary>Takes a call, once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expires">When it expires; it was checked against the longest life.</param>
    /// <param name="now">The enclave's time, which never falls.</param>
    /// <returns>Done, or <c>call.replayed</c>, or <c>enclave.busy</c>: full of calls that haven't expired, or begun too late to know this one.</returns>
    public Outcome<Done> Take(Hash256 name, DateTimeOffset expires, DateTimeOffset now)
    {
        lock (_gate)
        {
            // What expires now may still come again in this very second.
            while (_byExpiry.TryPeek(out var oldest, out var end) && end < now)
            {
                _byExpiry.Dequeue();
                _seen.Remove(oldest);
            }

            if (_seen.Contains(name)) return new Refusal(RefusalCode.CallReplayed, "this call was answered before: sign a new one");
            if (expires < _certain)
                return new Refusal(RefusalCode.EnclaveBusy, $"this enclave has just started and can't know whether it answered the call: ask another, or sign a new one that expires in {CallBody.LongestLife.TotalMinutes:0} minutes");
            if (_seen.Count >= _capacity) return new Refusal(RefusalCode.EnclaveBusy, "too many calls at a time; try again");

            _seen.Add(name);
            _byExpiry.Enqueue(name, expires);
            return default(Done);
        }
    }
}
