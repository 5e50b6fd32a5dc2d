using VaultGrid.Model.Certificates;

namespace VaultGrid.Client;

/// <summary>What a client checks of a Domain before it trusts a secret to it, by its own copy of the CAs.</summary>
/// <remarks>
/// Chains are verified from their first Trust by enclaves, and by <c>vaultgrid domain verify</c>. Here a Domain is taken with the Trust in it: a quorum of certified operators
/// must have signed that Trust, its HSMs must be certified and have signed their wrap keys, and one of them must have sealed Trust and Domain. A Bootstrap Trust has no operators: the
/// administrators' approvals in it are verified by enclaves.
/// </remarks>
public static class DomainAssurance
{
    /// <summary>Checks a Domain. <c>domain.*</c>, <c>trust.*</c>, <c>certificate.*</c>, <c>revocations.*</c>.</summary>
    /// <param name="domain">The Domain.</param>
    /// <param name="authorities">The client's CAs and lists.</param>
    public static Outcome<Done> Check(Domain domain, TrustedAuthorities authorities)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (!domain.Check(authorities).Is(out _, out var refusal)) return refusal;
        var (trust, body) = (domain.Trust, domain.Trust.Body);
        if (trust.Seal is not { } seal) return new Refusal(RefusalCode.TrustSignature, "no HSM has sealed the Domain's Trust");
        if (body.IndexOf(seal.Signatory) < 0 || !seal.Certificate.Key.VerifiesStatement(HsmSeal.ForTrust(trust.Hash, seal.Time), seal.Signature.Span))
            return new Refusal(RefusalCode.TrustSignature, $"the seal of {seal.Signatory} is not over the Domain's Trust");

        foreach (var hsm in body.Hsms)
        {
            if (!ChainVerifier.VerifyAsOf(hsm.Certificate, CertificateRole.Device, authorities, seal.Time).Is(out _, out refusal)) return refusal;
            if (!hsm.IsSigned(body.Id)) return new Refusal(RefusalCode.TrustSignature, $"the wrap key of {hsm.Signatory} is not signed by its D key for this chain");
        }

        return CheckQuorum(trust, seal, authorities);
    }

    private static Outcome<Done> CheckQuorum(Trust trust, HsmSeal seal, TrustedAuthorities authorities)
    {
        var statement = OperatorSignature.Statement(trust.Hash);
        var signed = 0;
        foreach (var signature in trust.Signatures.Where(each => trust.Body.Operators.Any(own => Signatory.Of(own) == each.Signatory)))
        {
            if (!ChainVerifier.VerifyAsOf(signature.Certificate, CertificateRole.Operator, authorities, seal.Time).Is(out _, out var refusal)) return refusal;
            if (!signature.Certificate.Key.VerifiesStatement(statement, signature.Bytes.Span))
                return new Refusal(RefusalCode.TrustSignature, $"the signature of {signature.Signatory} is not over this Trust");
            signed++;
        }

        return signed >= trust.Body.Quorum
            ? default(Done)
            : new Refusal(RefusalCode.TrustQuorum, $"{signed} operators have signed the Domain's Trust; {trust.Body.Quorum} are needed");
    }
}
