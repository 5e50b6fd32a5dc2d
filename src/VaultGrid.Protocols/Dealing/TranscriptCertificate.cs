namespace VaultGrid.Protocols;

/// <summary>What a transcript's certificate says, for whoever was not there: this public key and these public shares are the ceremony's result.</summary>
public static class TranscriptCertificate
{
    /// <summary>True if a quorum of receivers voted for the transcript that the key names.</summary>
    public static bool Holds(DealingCeremony ceremony, SharedKey key, QuorumCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Digest == key.Transcript
            && certificate.Holds(DealingCeremony.TranscriptKind, ceremony.Binding, ceremony.Receivers, ceremony.Receivers.Parameters.CertificateQuorum);
    }

    /// <summary>Computes the result of a certified transcript from its public messages: what a party that missed the ceremony needs before its share is repaired.</summary>
    public static StepResult<SharedKey> Result(DealingCeremony ceremony, CertifiedList? list, DealingTranscript transcript, QuorumCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(certificate);
        if (transcript.Check(ceremony) is { } refusal) return refusal;
        var commitments = new Dictionary<PartyIndex, FeldmanCommitment>();
        foreach (var (dealing, _) in transcript.Dealings)
        {
            if (!DealingBody.Open(ceremony, list, dealing).Is(out var body, out var fault)) return fault;
            commitments.Add(dealing.From, body.Commitment);
        }
        var key = DealtKey.Of(ceremony, transcript.Hash(ceremony), commitments);
        return Holds(ceremony, key, certificate) ? key : new Refusal(RefusalCode.InputMalformed, "a quorum has not voted for this transcript");
    }
}
