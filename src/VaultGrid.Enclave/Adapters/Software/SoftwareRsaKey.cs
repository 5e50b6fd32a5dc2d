using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>A D key with RSA in this process. While it is in use it is also in OpenSSL's memory, which is not locked.</summary>
internal sealed class SoftwareRsaKey : IDeviceKey
{
    private readonly Lock _gate = new();
    private readonly RSA _key;

    public SoftwareRsaKey(RSA key)
    {
        _key = key;
        PublicKey = CertificateKey.Parse(key.ExportSubjectPublicKeyInfo()).Value;
    }

    /// <inheritdoc/>
    public CertificateKey PublicKey { get; }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement)
    {
        byte[] signature;
        lock (_gate) signature = _key.SignData(statement, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

        // A faulty CRT computation gives the factors away: nothing leaves unverified.
        return PublicKey.VerifiesStatement(statement, signature)
            ? signature
            : throw new CryptographicException("A signature of the device key did not verify.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _key.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SoftwareRsaKey(redacted)";
}
