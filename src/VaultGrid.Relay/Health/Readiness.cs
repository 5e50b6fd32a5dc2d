namespace VaultGrid.Relay;

/// <summary>Whether this relay can serve: the grid behind it answered lately, and its own lists are in time.</summary>
internal sealed class Readiness(RelayOptions options, KnownAuthorities authorities, RelayTls tls, TimeProvider time)
{
    private volatile Refusal? _failure = new(RefusalCode.GridUnavailable, "the grid has not been asked yet");
    private long _answered;

    public void GridAnswered(DateTimeOffset now)
    {
        Volatile.Write(ref _answered, now.UtcTicks);
        _failure = null;
    }

    public void GridFailed(Refusal refusal) => _failure = refusal;

    /// <summary>Why it can't serve; null where it can.</summary>
    public Refusal? Check()
    {
        var now = time.GetUtcNow();
        if (_failure is { } failure) return failure;
        if (now.UtcTicks - Volatile.Read(ref _answered) > (options.AuthorityRefresh * 3).Ticks)
            return new Refusal(RefusalCode.GridUnavailable, "the grid has not answered for three refreshes");

        // Its own certificate stands or falls by the same lists as every caller's.
        return authorities.Verify(tls.Identity.Certificate, CertificateRole.Relay, now).Refusal;
    }
}
