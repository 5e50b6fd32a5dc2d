namespace VaultGrid.Enclave;

/// <summary>A D key on P-256 in this process.</summary>
internal sealed class SoftwareP256Key : IDeviceKey
{
    // .NET doesn't promise that one instance signs from two threads; a D key signs seldom.
    private readonly Lock _gate = new();
    private readonly P256SigningKey _key;

    public SoftwareP256Key(P256SigningKey key)
    {
        _key = key;
        PublicKey = CertificateKey.Parse(key.PublicKey.ToSubjectPublicKeyInfo()).Value;
    }

    /// <inheritdoc/>
    public CertificateKey PublicKey { get; }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement)
    {
        lock (_gate) return _key.Sign(statement);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _key.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SoftwareP256Key(redacted)";
}
