using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Trusts;

/// <summary>How a Trust moves: unsigned → signed or passed, and from those no further. Pure.</summary>
internal static class TrustDecisions
{
    /// <summary>A Trust as it is filed.</summary>
    public static TrustReport File(Trust trust, string caller, DateTimeOffset now) => With(
        new TrustReport
        {
            Trust = trust.Hash,
            Chain = trust.Body.Id,
            Number = trust.Body.Number,
            Predecessor = trust.Body.Predecessor,
            State = TrustState.Unsigned,
            Caller = caller,
            Filed = now,
            Changed = now,
            Quorum = trust.Body.Quorum,
            Operators = [.. trust.Body.Operators.Select(certificate => certificate.Identity.Uri)],
            Hsms = NodesOf(trust.Body),
            Signers = [],
        },
        trust,
        now);

    /// <summary>The report with what the document has gathered.</summary>
    public static TrustReport With(TrustReport report, Trust trust, DateTimeOffset now) => report with
    {
        Changed = now,
        Signers = [.. trust.Signatures.Select(signature => signature.Signatory.Identity)],
        Document = trust.ToBytes(),
    };

    /// <summary>The report after an HSM sealed it.</summary>
    public static TrustReport Sealed(TrustReport report, Trust trust, DateTimeOffset now) => With(report, trust, now) with
    {
        State = TrustState.Signed, SealedBy = trust.Seal!.Certificate.Identity.Node, Sealed = trust.Seal.Time,
    };

    /// <summary>The report after another took its place.</summary>
    public static TrustReport Passed(TrustReport report, DateTimeOffset now) => report with { State = TrustState.Passed, Changed = now };

    public static ImmutableArray<NodeId> NodesOf(TrustBody body) => [.. body.Hsms.Select(hsm => hsm.Certificate.Identity.Node).OfType<NodeId>()];

    /// <summary>Why a Trust can't be the next of a chain; null where it can.</summary>
    public static Refusal? CheckPlace(ulong number, Hash256? predecessor, ImmutableArray<Hash256> chain)
    {
        var next = (ulong)chain.Length + 1;
        if (number < next)
            return new(RefusalCode.StateConflict, $"another Trust stands in place {number} of this chain: write a successor of the newest, {chain[^1]}");
        if (number > next || (chain.IsEmpty ? predecessor is not null : predecessor != chain[^1]))
            return new(RefusalCode.TrustChain, chain.IsEmpty ? "this chain has no Trust yet: its first is number 1" : $"it doesn't follow the chain's newest Trust, {chain[^1]}");
        return null;
    }

    /// <summary>The HSMs that may seal: named here and, but for the first, in the one before; the wanted one alone where one is wanted.</summary>
    public static ImmutableArray<NodeId> Sealers(TrustBody body, TrustBody? predecessor, NodeId? wanted) =>
    [
        .. body.Hsms.Where(hsm => predecessor is null || predecessor.IndexOf(hsm.Signatory) >= 0)
            .Select(hsm => hsm.Certificate.Identity.Node).OfType<NodeId>().Where(node => wanted is null || node == wanted),
    ];

    /// <summary>Why a signature can't count; null where it can, as far as the grid knows.</summary>
    public static Refusal? CheckSignature(OperatorSignature signature, TrustBody body, TrustBody? predecessor, TrustedAuthorities? authorities, DateTimeOffset now)
    {
        var signatory = signature.Signatory;
        if (!Names(body, signatory) && (predecessor is null || !Names(predecessor, signatory)))
            return new(RefusalCode.TrustStranger, $"{signatory} with this key is an operator neither of this Trust nor of the one before");
        if (authorities is not null && !ChainVerifier.Verify(signature.Certificate, CertificateRole.Operator, authorities, Latest(authorities, now)).Is(out _, out var refusal)) return refusal;
        return signature.Certificate.Key.VerifiesStatement(OperatorSignature.Statement(body.Hash), signature.Bytes.Span)
            ? null
            : new(RefusalCode.TrustSignature, $"the signature of {signatory} is not over this Trust");
    }

    /// <summary>Why a Trust can't be filed: an HSM in it whose key isn't its own would only waste the operators' time.</summary>
    public static Refusal? CheckHsms(TrustBody body, TrustedAuthorities? authorities, DateTimeOffset now)
    {
        foreach (var hsm in body.Hsms)
        {
            if (!hsm.IsSigned(body.Id)) return new(RefusalCode.TrustSignature, $"the wrap key of {hsm.Signatory} is not signed by its D key for this chain");
            if (authorities is not null && !ChainVerifier.Verify(hsm.Certificate, CertificateRole.Device, authorities, Latest(authorities, now)).Is(out _, out var refusal)) return refusal;
        }

        return null;
    }

    private static bool Names(TrustBody body, Signatory signatory) => body.Operators.Any(certificate => Signatory.Of(certificate) == signatory);

    private static DateTimeOffset Latest(TrustedAuthorities authorities, DateTimeOffset now) => now < authorities.HighestSignedTime ? authorities.HighestSignedTime : now;
}
