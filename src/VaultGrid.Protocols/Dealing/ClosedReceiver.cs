namespace VaultGrid.Protocols;

/// <summary>A receiver that has voted for a transcript and holds the new share, which counts once a quorum has voted the same.</summary>
public sealed class ClosedReceiver : IDisposable
{
    private readonly DealingCeremony _ceremony;
    private readonly Once<KeyShare> _share;

    internal ClosedReceiver(DealingCeremony ceremony, KeyShare share, Vote vote) => (_ceremony, _share, Vote, Key) = (ceremony, new(share), vote, share.Key);

    /// <summary>The vote, for whoever collects them.</summary>
    public Vote Vote { get; }

    /// <summary>The public side of the new version; not to be used before <see cref="Finish"/>.</summary>
    public SharedKey Key { get; }

    /// <summary>Checks the certificate and hands the share over: the point from which the key of a new ceremony may be used.</summary>
    public StepResult<KeyShare> Finish(QuorumCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!TranscriptCertificate.Holds(_ceremony, Key, certificate))
            return new Refusal(RefusalCode.InputMalformed, "a quorum has not voted for the transcript of this share");
        return _share.TryTake(out var share) ? share : new Refusal(RefusalCode.StateConflict, "the share was handed over before");
    }

    /// <summary>Wipes the share if nobody took it.</summary>
    public void Dispose() => _share.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "ClosedReceiver(redacted)";
}
