namespace VaultGrid.Model.Certificates;

/// <summary>What must hold between a certificate and the one that it names as its issuer, at any time.</summary>
internal static class IssuingRules
{
    /// <summary>Checks role, then cluster, then the signature; null where all hold.</summary>
    public static Refusal? Check(RoleCertificate certificate, RoleCertificate issuer)
    {
        // Each role has one issuing role and each CA role its exact path length, so no path can be longer than the table of roles allows.
        if (issuer.Role != certificate.Role.Issuer())
            return new(RefusalCode.CertificateRole, $"{certificate} is issued by a {issuer.Role.Name()}: it must be a {certificate.Role.Issuer().Name()}");
        if (issuer.Cluster is { } cluster && certificate.Cluster != cluster)
            return new(RefusalCode.CertificateRole, $"{certificate} is issued by the CA of cluster {cluster}");
        if (!certificate.NamesAsIssuer(issuer) || !certificate.IsSignedBy(issuer.Key))
            return new(RefusalCode.CertificateUntrusted, $"{certificate} is not signed by {issuer}");
        return null;
    }
}
