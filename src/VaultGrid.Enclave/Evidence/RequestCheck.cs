namespace VaultGrid.Enclave;

/// <summary>Whether a request that arrives now is approved: the checks that all actions have in common, in their order (protocols §3).</summary>
internal sealed class RequestCheck(EnclaveClock clock, CertificateGate certificates)
{
    /// <summary>Time; the policy it names is in force; the revocation list it names is known; the quorum approved.</summary>
    public Outcome<Done> Approved(
        RequestDocument document, IReadOnlyList<Approval> approvals, PolicyChain policies, VaultState state, StatementVerifier? signatures = null)
    {
        var request = document.Request;
        if (!document.CheckTime(clock.Now).Is(out _, out var refusal)) return refusal;
        if (!policies.InForce(request.Policy).Is(out var policy, out refusal)) return refusal;
        if (!Revocations(request, state).Is(out _, out refusal)) return refusal;

        var authorities = state.Authorities!;
        return ApprovalCheck.Check(document, approvals, policy, certificates.Cache, certificate => certificates.Now(certificate, CertificateRole.Admin, authorities), signatures)
            .Is(out _, out refusal) ? default(Done) : refusal;
    }

    /// <summary>The quorum alone, whenever it was that the request took effect elsewhere: under a policy that is, or was, in force here.</summary>
    public Outcome<Done> Quorum(RequestDocument document, IReadOnlyList<Approval> approvals, PolicyChain policies, VaultState state)
    {
        if (!policies.InForceAt(document.Request.Policy, DateTimeOffset.MinValue).Is(out var policy, out var refusal)) return refusal;
        var authorities = state.Authorities!;
        return ApprovalCheck.Check(document, approvals, policy, certificates.Cache, certificate => certificates.Now(certificate, CertificateRole.Admin, authorities))
            .Is(out _, out refusal) ? default(Done) : refusal;
    }

    private Outcome<Done> Revocations(Request request, VaultState state)
    {
        if (state.Authorities!.ListNumber(CertificateRole.AdminCa, null, clock.Now) is not { } known)
            return new Refusal(RefusalCode.RevocationsMissing, "this enclave has no revocation list of the Admin CA");
        return request.Revocations <= known
            ? default(Done)
            : new Refusal(RefusalCode.StateStale, $"the request knows list {request.Revocations} of the Admin CA, this enclave list {known}; it must be synchronised");
    }
}
