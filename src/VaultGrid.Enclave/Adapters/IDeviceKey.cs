namespace VaultGrid.Enclave;

/// <summary>A node's D key: it signs statements and nothing else. Safe for use from any thread.</summary>
internal interface IDeviceKey : IDisposable
{
    /// <summary>The public half.</summary>
    CertificateKey PublicKey { get; }

    /// <summary>Signs a tagged statement: ECDSA P-256 with SHA-256 (DER), or RSA-PSS with SHA-256 and a salt of 32 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> statement);
}
