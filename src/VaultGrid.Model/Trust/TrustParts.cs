using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>Readers that several documents of Trusts and Domains share.</summary>
internal static class TrustParts
{
    public static RoleCertificate? ReadCertificate(ref WireReader reader, CertificateRole role, CertificateCache certificates)
    {
        var der = reader.Bytes(Approval.CertificateLimit);
        if (reader.Failed) return null;
        if (!certificates.Parse(der).Is(out var certificate, out var refusal))
        {
            reader.Fail(refusal.Detail);
            return null;
        }

        if (certificate.Role == role) return certificate;
        reader.Fail($"{certificate} is a {certificate.Role.Name()}'s certificate where a {role.Name()}'s belongs");
        return null;
    }

    /// <summary>Why a list doesn't stand in its one order, each signatory once by identity and once by key; null where it does.</summary>
    public static string? Disorder(IReadOnlyList<Signatory> signatories, string what)
    {
        for (var i = 1; i < signatories.Count; i++)
        {
            if (string.CompareOrdinal(signatories[i - 1].Identity, signatories[i].Identity) >= 0) return $"{what} stand in order of identity, each once";
        }

        // One key under two names must not count twice.
        return signatories.DistinctBy(signatory => signatory.Key).Count() == signatories.Count ? null : $"two {what} share one key";
    }
}
