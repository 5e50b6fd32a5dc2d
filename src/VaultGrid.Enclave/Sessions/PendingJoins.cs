using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>Join nonces that wait for their one answer: in memory, bounded, expiring. Any thread may call.</summary>
internal sealed class PendingJoins(EnclaveClock clock)
{
    /// <summary>The most that wait at a time.</summary>
    public const int Capacity = 64;

    /// <summary>How long one waits.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, PendingJoin> _waiting = [];

    /// <summary>Draws a nonce; <c>enclave.busy</c> where too many wait.</summary>
    public Outcome<Hash256> Begin(KeyId keyId, Hash256 session)
    {
        var now = clock.Now;
        lock (_gate) return Begin(keyId, session, now);
    }

    /// <summary>Takes a nonce out: before any check that can fail, so it is used once whatever comes of it. <c>join.replayed</c>.</summary>
    public Outcome<PendingJoin> Take(Hash256 nonce)
    {
        PendingJoin? join;
        lock (_gate) _waiting.Remove(nonce, out join);
        return join is not null && join.Until >= clock.Now
            ? join
            : new Refusal(RefusalCode.JoinReplayed, "this enclave did not ask for this answer, or has taken one, or asked too long ago");
    }

    private Outcome<Hash256> Begin(KeyId keyId, Hash256 session, DateTimeOffset now)
    {
        foreach (var (expired, _) in _waiting.Where(join => join.Value.Until < now).ToList()) _waiting.Remove(expired);
        if (_waiting.Count >= Capacity) return new Refusal(RefusalCode.EnclaveBusy, $"{Capacity} copies of keys are under way; try again in a minute");

        var nonce = new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length));
        _waiting.Add(nonce, new PendingJoin(keyId, session, now + Life));
        return nonce;
    }
}
