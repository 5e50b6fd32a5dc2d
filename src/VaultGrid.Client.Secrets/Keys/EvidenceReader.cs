using VaultGrid.Model.Wire;

namespace VaultGrid.Client.Secrets;

/// <summary>Reads what the grid answered as a key's evidence.</summary>
internal static class EvidenceReader
{
    public static Outcome<(CertifiedVersion Certified, KeyEvidence Evidence)> Read(SharedKeyEvidence evidence)
    {
        var reader = new WireReader(evidence.Certified.Span);
        var certified = CertifiedVersion.Read(ref reader);
        if (!reader.End("a certified version", out var refusal)) return refusal;
        reader = new WireReader(evidence.Evidence.Span);
        var key = KeyEvidence.Read(ref reader);
        return reader.End("a key's evidence", out refusal) ? (certified, key) : refusal;
    }
}
