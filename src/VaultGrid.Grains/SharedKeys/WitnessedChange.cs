using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// The evidence of a key after a change of its policy, as one holder tells of it: a holder that lies must not make the grid show another policy than the one that was approved. Pure.
/// </summary>
internal static class WitnessedChange
{
    /// <summary>What is known, with the record of the change behind it.</summary>
    /// <param name="known">What is known.</param>
    /// <param name="told">What the holder tells.</param>
    /// <param name="command">What was approved, and what it carried out.</param>
    /// <param name="holder">The holder and its D key.</param>
    /// <returns>The evidence; null where the holder doesn't show that it carried out just that, or where it does not follow what is known.</returns>
    public static KeyEvidence? After(KeyEvidence known, KeyEvidence told, PerformOnShares command, KeyHolder holder)
    {
        if (known.Changes.Any(change => change.Request.Span.SequenceEqual(command.Request.Span))) return known;
        if (told.Changes.LastOrDefault(change => change.Request.Span.SequenceEqual(command.Request.Span)) is not { } record) return null;
        var current = known.Changes.Count > 0 ? known.Changes[^1].Document : known.FirstPolicy;
        return Follows(record, current) && IsOf(record, command, holder) ? known with { Changes = [.. known.Changes, record] } : null;
    }

    private static bool Follows(ApprovedRecord record, ReadOnlyMemory<byte> current) =>
        RequestDocument.Parse(record.Request.Span).Is(out var document, out _) && document.Request is ChangePolicyRequest request
        && KeyPolicy.Parse(current.Span).Is(out var before, out _) && before.Hash() == request.Replaces
        && KeyPolicy.Parse(record.Document.Span).Is(out var next, out _) && next.Hash() == request.NextPolicy;

    private static bool IsOf(ApprovedRecord record, PerformOnShares command, KeyHolder holder) =>
        record.Document.Span.SequenceEqual(command.Document.Span)
        && record.Approvals.Count == command.Approvals.Length
        && record.Approvals.Zip(command.Approvals).All(pair =>
            pair.First.Certificate.Span.SequenceEqual(pair.Second.Certificate.Span) && pair.First.Signature.Span.SequenceEqual(pair.Second.Signature.Span))
        && RoleCertificate.Parse(record.Witness.Span).Is(out var witness, out _)
        && new Hash256(witness.Key.SpkiHash.Span) == holder.Device
        && witness.Key.VerifiesStatement(ApprovedRecord.Statement(record.Request.Span, record.Document.Span, record.Time), record.Signature.Span);
}
