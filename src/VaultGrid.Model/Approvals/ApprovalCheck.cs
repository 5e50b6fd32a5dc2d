using System.Collections.Immutable;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>Decides whether approvals satisfy a policy's quorum for a request.</summary>
/// <remarks>
/// Administrators are distinct by identity and by public key. The signature's bytes distinguish nobody: ECDSA signatures are malleable, and an
/// administrator may sign twice. One approval that does not count refuses the whole set, so that the answer does not depend on an order.
/// </remarks>
public static class ApprovalCheck
{
    /// <summary>Checks, in this order for each approval: certificate, chain and role, listing in the policy, distinctness, signature; then the quorum.</summary>
    /// <param name="request">What was approved.</param>
    /// <param name="approvals">The approvals that came with it.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="certificates">Parsed certificates.</param>
    /// <param name="verify">Says whether an administrator's certificate counts: now, or as of a record's time.</param>
    /// <param name="signatures">Verifies one signature; null for who remembers none.</param>
    /// <returns>The administrators who approved, in order of identity.</returns>
    public static Outcome<ImmutableArray<PolicyAdmin>> Check(
        RequestDocument request,
        IReadOnlyList<Approval> approvals,
        KeyPolicy policy,
        CertificateCache certificates,
        Func<RoleCertificate, Outcome<RoleCertificate>> verify,
        StatementVerifier? signatures = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(approvals);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(verify);
        if (approvals.Count > Approval.Limit)
            return new Refusal(RefusalCode.ApprovalMalformed, $"{approvals.Count} approvals came with the request; at most {Approval.Limit} are allowed");

        var statement = ApprovalStatement.For(request.Hash);
        var counted = ImmutableArray.CreateBuilder<PolicyAdmin>(approvals.Count);
        foreach (var approval in approvals)
        {
            if (!One(approval, statement, policy, certificates, verify, signatures ?? Verifies, counted).Is(out var admin, out var refusal)) return refusal;
            counted.Add(admin);
        }

        if (counted.Count < policy.Quorum)
        {
            return new Refusal(
                RefusalCode.ApprovalQuorum,
                $"the policy of '{policy.KeyId}' asks for {policy.Quorum} of {policy.Admins.Length} administrators; {counted.Count} approved");
        }

        counted.Sort((a, b) => string.CompareOrdinal(a.Identity, b.Identity));
        return counted.ToImmutable();
    }

    private static bool Verifies(CertificateKey key, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) => key.VerifiesStatement(statement, signature);

    private static Outcome<PolicyAdmin> One(
        Approval approval,
        byte[] statement,
        KeyPolicy policy,
        CertificateCache certificates,
        Func<RoleCertificate, Outcome<RoleCertificate>> verify,
        StatementVerifier signatures,
        ImmutableArray<PolicyAdmin>.Builder counted)
    {
        if (!certificates.Parse(approval.Certificate.Span).Then(verify).Is(out var certificate, out var refusal)) return refusal;

        var admin = PolicyAdmin.Of(certificate);
        if (!policy.Admins.Contains(admin))
            return new Refusal(RefusalCode.ApprovalStranger, $"{admin.Identity} with this key is not among the administrators of '{policy.KeyId}'");
        if (counted.Any(other => other.Identity == admin.Identity || other.Key == admin.Key))
            return new Refusal(RefusalCode.ApprovalDuplicate, $"{admin.Identity} approved twice; each administrator counts once");
        if (!signatures(certificate.Key, statement, approval.Signature.Span))
            return new Refusal(RefusalCode.ApprovalInvalid, $"the signature of {admin.Identity} is not over this request");
        return admin;
    }
}
