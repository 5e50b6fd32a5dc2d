using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Trusts;

/// <summary>What an operator's own tool checks before the operator signs: an enclave would refuse the Trust for any of it, but only after a quorum was fooled.</summary>
public static class TrustReview
{
    /// <summary>
    /// Checks every HSM (its certificate counts, its D key signed its wrap key for this chain), every operator's certificate, and the place in the chain.
    /// </summary>
    /// <param name="body">The Trust.</param>
    /// <param name="predecessor">The Trust before it, where the operator has it; null for the first of a chain.</param>
    /// <param name="authorities">The operator's own CAs and lists.</param>
    /// <param name="now">The time.</param>
    /// <returns>Done, or <c>trust.chain</c>, <c>trust.signature</c>, <c>certificate.*</c>, <c>revocations.*</c>: then don't sign.</returns>
    public static Outcome<Done> Check(TrustBody body, TrustBody? predecessor, TrustedAuthorities authorities, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (predecessor is not null && (body.Id != predecessor.Id || body.Number != predecessor.Number + 1 || body.Predecessor != predecessor.Hash))
            return new Refusal(RefusalCode.TrustChain, $"Trust {body.Number} doesn't name Trust {predecessor.Number} as its predecessor");

        foreach (var hsm in body.Hsms)
        {
            if (!new HsmKey(body.Id, hsm).Check(authorities, now).Is(out _, out var refusal)) return refusal with { Detail = $"{hsm.Signatory}: {refusal.Detail}" };
        }

        foreach (var certificate in body.Operators)
        {
            if (!ChainVerifier.Verify(certificate, CertificateRole.Operator, authorities, now).Is(out _, out var refusal)) return refusal;
        }

        return default(Done);
    }
}
