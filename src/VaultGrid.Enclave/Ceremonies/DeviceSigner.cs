using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Signs a protocol's statements with the D key.</summary>
internal sealed class DeviceSigner(IDeviceKey device) : IStatementSigner
{
    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement) => device.Sign(statement);
}
