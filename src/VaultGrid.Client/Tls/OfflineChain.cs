using System.Security.Cryptography.X509Certificates;

namespace VaultGrid.Client;

/// <summary>
/// What the platform's own chain building is held to before VaultGrid's rules decide: no download, no revocation lookup, no machine store. Its
/// verdict isn't used.
/// </summary>
public static class OfflineChain
{
    /// <summary>A policy for one <see cref="System.Net.Security.SslStream"/>.</summary>
    public static X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationFlags = X509VerificationFlags.AllFlags,
        DisableCertificateDownloads = true,
    };
}
