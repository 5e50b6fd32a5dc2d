using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Signs a protocol's statements with the D key; the directory needn't verify what this enclave said itself.</summary>
internal sealed class DeviceSigner(IDeviceKey device, CeremonyDirectory directory, byte place) : IStatementSigner
{
    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement)
    {
        var signature = device.Sign(statement);
        directory.Note(place, statement, signature);
        return signature;
    }
}
