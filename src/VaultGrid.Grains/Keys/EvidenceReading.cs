using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Keys;

/// <summary>Reads a key's public part out of its evidence, as an enclave told it; pure.</summary>
internal static class EvidenceReading
{
    /// <summary>True for a key that several clusters hold.</summary>
    public static bool IsShared(KeyEvidence evidence) =>
        BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out _) && birth.Kind == KeyKind.ThresholdEcdsa;

    public static Outcome<KeyReport> Read(ClusterKey key, ClusterId cluster, KeyEvidence evidence, ThresholdDescription? threshold)
    {
        if (!BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out var refusal)) return refusal;
        if (birth.Hash() != key.Key) return new Refusal(RefusalCode.EnclaveFault, $"the enclave described another key than '{key.KeyId}'");

        var policy = evidence.Changes.Count == 0 ? evidence.FirstPolicy : evidence.Changes[^1].Document;
        return new KeyReport
        {
            KeyId = birth.KeyId,
            Cluster = cluster,
            Kind = birth.Kind.Name(),
            Key = key.Key,
            Fingerprint = birth.Fingerprint,
            Policy = Hash256.Of("policy", policy.Span),
            PolicyDocument = policy,
            Holders = key.Holders,
            Created = evidence.Birth.Time,
            Signatures = 0,
            Threshold = threshold is null ? null : new ThresholdReport(
                threshold.PublicKey, threshold.ChainCode, threshold.Threshold, [.. threshold.Clusters], threshold.ShareVersion, threshold.Manifest),
        };
    }
}
