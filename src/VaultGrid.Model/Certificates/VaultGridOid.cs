namespace VaultGrid.Model.Certificates;

/// <summary>
/// VaultGrid's own object identifiers: an arc under 2.25 (ITU-T X.667), made from the random UUID da0a1022-b501-4de4-8d70-a90c5cbcbadc.
/// Frozen: every certificate ever issued carries them.
/// </summary>
public static class VaultGridOid
{
    /// <summary>The arc that everything of VaultGrid hangs under.</summary>
    public const string Arc = "2.25.289823953318026556022781239105041513180";

    /// <summary>Certificate policies that name a role: <c>Roles.{role}[.{cluster}]</c> (<see cref="CertificateRole"/>).</summary>
    public const string Roles = Arc + ".1";

    /// <summary>Extension of a device's certificate request: OCTET STRING of 32 bytes, the SHA-256 hash of the enclave's provisioning pins.</summary>
    public const string ProvisioningPins = Arc + ".2.1";

    /// <summary>Extension of a client's certificate, not critical: the Domains that it may use (<see cref="Certificates.ClientClaims"/>).</summary>
    public const string ClientClaims = Arc + ".2.2";
}
