using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Everything public about a key that travels with every copy: how it was born, and every policy since.</summary>
/// <param name="Birth">The approved birth; its document is the birth record.</param>
/// <param name="FirstPolicy">The policy that the birth record names, canonical bytes.</param>
/// <param name="Changes">Every later policy as an approved record, in order.</param>
public sealed record KeyEvidence(ApprovedRecord Birth, ReadOnlyMemory<byte> FirstPolicy, IReadOnlyList<ApprovedRecord> Changes)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, KeyEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(evidence);
        ApprovedRecord.Write(writer, evidence.Birth);
        writer.Bytes(evidence.FirstPolicy.Span).List(evidence.Changes, ApprovedRecord.Write);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KeyEvidence Read(ref WireReader reader) => new(
        ApprovedRecord.Read(ref reader),
        reader.Bytes(EnclaveLimits.Document).ToArray(),
        reader.List(EnclaveLimits.Records, ApprovedRecord.Read));
}
