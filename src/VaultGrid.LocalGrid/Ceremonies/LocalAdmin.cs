using VaultGrid.Ceremony.Approvals;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LocalGrid;

/// <summary>An administrator of a grid on this machine, with certificate and key.</summary>
public sealed class LocalAdmin : IDisposable
{
    private readonly SigningKey _key;

    internal LocalAdmin(RoleCertificate certificate, SigningKey key, string certificateFile, string keyFile)
    {
        (Certificate, _key) = (certificate, key);
        (CertificateFile, KeyFile) = (certificateFile, keyFile);
    }

    /// <summary>The certificate.</summary>
    public RoleCertificate Certificate { get; }

    /// <summary>Where the certificate is, PEM.</summary>
    public string CertificateFile { get; }

    /// <summary>Where the key is, PEM, encrypted under <see cref="LocalCeremony.PassphraseFile"/>'s passphrase.</summary>
    public string KeyFile { get; }

    /// <summary>Approves a request.</summary>
    public Approval Approve(RequestDocument request) => Approver.Approve(request, Certificate, _key).Value;

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
