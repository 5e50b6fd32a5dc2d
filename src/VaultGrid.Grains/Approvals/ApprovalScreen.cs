using VaultGrid.Grains.Authorities;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Approvals;

/// <summary>
/// Looks at an approval as an enclave will, as far as the grid knows what the enclave knows. It answers early and keeps a bad approval from
/// spoiling the set (an enclave refuses the whole set for one that does not count); it grants nothing.
/// </summary>
internal sealed class ApprovalScreen(AuthoritiesView authorities, PolicyView policies, TimeProvider time)
{
    /// <summary>Adds an approval to those gathered.</summary>
    /// <returns>The approvals, unchanged where this administrator has approved before; or why this one can't count.</returns>
    public async Task<Outcome<Gathered>> AddAsync(
        IGrainFactory grains, RequestDocument request, Gathered gathered, GivenApproval approval, CancellationToken cancellationToken)
    {
        var outcome = await AddAsync(grains, request, gathered, approval, fresh: false, cancellationToken);

        // News that arrived a moment ago must not make a good approval look bad.
        return outcome.Refusal is null ? outcome : await AddAsync(grains, request, gathered, approval, fresh: true, cancellationToken);
    }

    private async Task<Outcome<Gathered>> AddAsync(
        IGrainFactory grains, RequestDocument request, Gathered gathered, GivenApproval approval, bool fresh, CancellationToken cancellationToken)
    {
        var trusted = await authorities.GetAsync(grains, fresh, cancellationToken);
        var policy = await policies.FindAsync(grains, request.Request, cancellationToken);
        if (!authorities.Certificates.Parse(approval.Certificate.Span).Is(out var certificate, out var refusal)) return refusal;
        if (certificate.Role != CertificateRole.Admin)
            return new Refusal(RefusalCode.CertificateRole, $"{certificate} is a {certificate.Role.Name()}: an {CertificateRole.Admin.Name()} is needed");

        var admin = PolicyAdmin.Of(certificate);
        if (gathered.Admins.Contains(admin)) return gathered;
        if (gathered.Admins.Any(other => other.Identity == admin.Identity || other.Key == admin.Key))
            return new Refusal(RefusalCode.ApprovalDuplicate, $"{admin.Identity} approved already, or another administrator did with the same key");
        if (policy is not null && !policy.Admins.Contains(admin))
            return new Refusal(RefusalCode.ApprovalStranger, $"{admin.Identity} with this key is not among the administrators of '{policy.KeyId}'");
        if (trusted is not null && Verify(certificate, trusted).Refusal is { } untrusted) return untrusted;
        if (gathered.Admins.Length >= Approval.Limit)
            return new Refusal(RefusalCode.ApprovalMalformed, $"a request gathers at most {Approval.Limit} approvals");
        if (!certificate.Key.VerifiesStatement(ApprovalStatement.For(request.Hash), approval.Signature.Span))
            return new Refusal(RefusalCode.ApprovalInvalid, $"the signature of {admin.Identity} is not over this request");
        return new Gathered(gathered.Approvals.Add(approval), gathered.Admins.Add(admin));
    }

    private Outcome<RoleCertificate> Verify(RoleCertificate certificate, TrustedAuthorities trusted)
    {
        var now = time.GetUtcNow();
        return ChainVerifier.Verify(certificate, CertificateRole.Admin, trusted, now < trusted.HighestSignedTime ? trusted.HighestSignedTime : now);
    }

    /// <summary>The administrators of approvals that were screened before.</summary>
    public Gathered Recall(ImmutableArray<GivenApproval> approvals) => new(
        approvals, [.. approvals.Select(approval => PolicyAdmin.Of(authorities.Certificates.Parse(approval.Certificate.Span).Value))]);
}

/// <summary>Approvals with who gave them, in the order in which they came.</summary>
internal sealed record Gathered(ImmutableArray<GivenApproval> Approvals, ImmutableArray<PolicyAdmin> Admins);
