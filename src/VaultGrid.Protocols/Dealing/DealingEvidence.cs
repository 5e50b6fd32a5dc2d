namespace VaultGrid.Protocols;

/// <summary>Checks, for anyone who was not there, that signed messages convict their sender.</summary>
public static class DealingEvidence
{
    /// <summary>A dealing that is wrong in itself.</summary>
    public static ProtocolFault? OfDealing(DealingCeremony ceremony, CertifiedList? list, SignedMessage dealing)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(dealing);
        return DealingBody.Open(ceremony, list, dealing).Fault is { Culprits.Count: > 0 } fault ? fault : null;
    }

    /// <summary>Two different dealings, or two different commitments, of one dealer.</summary>
    public static ProtocolFault? OfTwo(DealingCeremony ceremony, SignedMessage first, SignedMessage second)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.From != second.From || first.SaysTheSameAs(second)) return null;
        foreach (var kind in (string[])[DealingCeremony.CommitKind, DealingCeremony.DealingMessageKind])
            if (first.IsSigned(kind, ceremony.Binding, ceremony.Dealers) && second.IsSigned(kind, ceremony.Binding, ceremony.Dealers))
                return new ProtocolFault.Equivocated(first.From, first, second);
        return null;
    }

    /// <summary>An opened share that is not on the dealing's polynomial.</summary>
    public static ProtocolFault? OfOpening(DealingCeremony ceremony, CertifiedList? list, SignedMessage dealing, SignedMessage opening)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        ArgumentNullException.ThrowIfNull(dealing);
        ArgumentNullException.ThrowIfNull(opening);
        if (dealing.From != opening.From || !opening.IsSigned(DealingCeremony.OpeningKind, ceremony.Binding, ceremony.Dealers)) return null;
        if (!DealingBody.Open(ceremony, list, dealing).Is(out var body, out var fault)) return fault.Culprits.Count > 0 ? fault : null;
        if (ShareOpening.Read(ceremony.Group, opening.Body.Span) is not { } read || !ceremony.Receivers.Parameters.Has(read.Receiver))
            return new ProtocolFault.Cheated(opening.From, ProtocolCheck.Encoding);
        if (read.Digest != DealingBody.Digest(ceremony, dealing.From, dealing.Body.Span)) return null;
        return ceremony.Group.Generator.MultiplyVarTime(read.Share).Equals(body.Commitment.Evaluate(read.Receiver))
            ? null
            : new ProtocolFault.Cheated(opening.From, ProtocolCheck.OpenedShare);
    }
}
