using VaultGrid.Ceremony.Keys;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Approvals;

/// <summary>Makes an admin's approval on the admin's own machine; whoever has but OpenSSL makes the same one (protocols.md §3).</summary>
public static class Approver
{
    /// <summary>
    /// Signs a request. The admin has been shown the request itself, decoded by the admin's own tool. <c>certificate.role</c>: not an admin's
    /// certificate; <c>certificate.key</c>: not the key of that certificate. Whether certificate and request count is the enclave's to say.
    /// </summary>
    /// <param name="request">The request, parsed strictly from the exact bytes that enclaves will get.</param>
    /// <param name="certificate">The admin's certificate.</param>
    /// <param name="key">Its private key.</param>
    public static Outcome<Approval> Approve(RequestDocument request, RoleCertificate certificate, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        if (certificate.Role != CertificateRole.Admin)
            return new Refusal(RefusalCode.CertificateRole, $"{certificate} is a {certificate.Role.Name()}: admins alone approve");
        if (!key.Public.Equals(certificate.Key))
            return new Refusal(RefusalCode.CertificateKey, $"the key file is not the key of {certificate}");

        return new Approval(certificate.Der, key.SignStatement(ApprovalStatement.For(request.Hash)));
    }
}
