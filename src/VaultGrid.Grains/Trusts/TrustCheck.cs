using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Authorities;

namespace VaultGrid.Grains.Trusts;

/// <summary>Verifies documents as an enclave will, as far as the grid knows what the enclave knows. It answers questions and screens what is filed; it grants nothing.</summary>
internal sealed class TrustCheck(TrustDocuments documents, AuthoritiesView authorities, PolicyView policies)
{
    /// <summary>Checks a signed Trust, and the chain before it from its first.</summary>
    /// <returns>Done, or what <see cref="TrustVerifier.Check"/> refuses; <c>trust.unknown</c> where the grid doesn't know what comes before.</returns>
    public async Task<Outcome<Done>> CheckAsync(IGrainFactory grains, Trust trust, ImmutableArray<Hash256> chain, CancellationToken cancellationToken)
    {
        if (await authorities.GetAsync(grains, fresh: true, cancellationToken) is not { } trusted)
            return new Refusal(RefusalCode.RevocationsMissing, "no CAs were published to the grid");

        var before = (int)Math.Min(trust.Body.Number - 1, int.MaxValue);
        if (chain.Length < before) return new Refusal(RefusalCode.TrustUnknown, $"the grid knows {chain.Length} Trusts of this chain; the one before number {trust.Body.Number} is missing");
        var trusts = new List<Trust>();
        foreach (var hash in chain.Take(before))
        {
            if (!(await documents.FindAsync(grains, hash, cancellationToken)).Is(out var found, out var refusal)) return refusal;
            trusts.Add(found);
        }

        trusts.Add(trust);
        var admins = new Dictionary<Hash256, KeyPolicy>();
        foreach (var approval in trusts.Select(each => each.Approval).OfType<BootstrapApproval>())
        {
            if (await policies.FindAsync(grains, approval.Request.Request, cancellationToken) is { } policy) admins[approval.Request.Request.Policy] = policy;
        }

        var verifier = new TrustVerifier(trusted, admins.GetValueOrDefault, authorities.Certificates);
        return TrustChain.Verify(trusts, trusts[0].Hash, verifier).Then<Done>(_ => default(Done));
    }
}
