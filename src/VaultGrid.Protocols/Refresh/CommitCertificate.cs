namespace VaultGrid.Protocols.Refresh;

/// <summary>2f + 1 receivers' signed statements "I have sealed my share of this version": from here on it is in force, and old shares are to be destroyed.</summary>
public static class CommitCertificate
{
    /// <summary>The statement of one receiver. The caller has sealed the share durably before it asks for this.</summary>
    public static Vote SaySealed(DealingCeremony ceremony, KeyShare sealedShare, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(sealedShare);
        ArgumentNullException.ThrowIfNull(signer);
        return Vote.Sign(DealingCeremony.SealedKind, ceremony.Binding, sealedShare.Index, sealedShare.Key.Transcript, signer);
    }

    /// <summary>True if this is a receiver's statement about this version.</summary>
    public static bool Counts(DealingCeremony ceremony, SharedKey key, Vote statement)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(statement);
        return statement.IsFor(DealingCeremony.SealedKind, ceremony.Binding, key.Transcript, ceremony.Receivers);
    }

    /// <summary>True if a quorum has sealed this version, and its transcript is certified.</summary>
    /// <param name="ceremony">The ceremony that made it.</param>
    /// <param name="key">The version.</param>
    /// <param name="transcript">The certificate of its transcript.</param>
    /// <param name="statements">The statements, put together with <see cref="QuorumCertificate.Of"/>.</param>
    public static bool Holds(DealingCeremony ceremony, SharedKey key, QuorumCertificate transcript, QuorumCertificate statements)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(statements);
        return TranscriptCertificate.Holds(ceremony, key, transcript)
            && statements.Digest == key.Transcript
            && statements.Holds(DealingCeremony.SealedKind, ceremony.Binding, ceremony.Receivers, ceremony.Receivers.Parameters.CommitQuorum);
    }
}
