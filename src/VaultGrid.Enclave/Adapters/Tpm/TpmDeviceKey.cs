using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>A D key in a TPM: it signs there.</summary>
internal sealed class TpmDeviceKey(Tpm tpm, TpmBlob key, bool rsa, CertificateKey publicKey) : IDeviceKey
{
    /// <inheritdoc/>
    public CertificateKey PublicKey => publicKey;

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement)
    {
        // TPMT_SIGNATURE: algorithm (2), hash (2), then r and s, or one number.
        var reader = new WireReader(tpm.Sign(key, SHA256.HashData(statement)));
        reader.Fixed(2 * sizeof(ushort));
        var first = TpmWire.Sized(ref reader);
        var second = rsa ? default : TpmWire.Sized(ref reader);
        if (!reader.End("a TPM's signature", out var refusal)) throw new AdapterException(refusal.Detail);
        var signature = rsa ? first.ToArray() : DeviceKeyInfo.Signature(first, second);

        // What a faulty device computes could give the key away: nothing leaves unverified.
        return publicKey.VerifiesStatement(statement, signature) ? signature : throw new AdapterException("a signature of the TPM did not verify");
    }

    /// <summary>Nothing to release: the TPM unloads a key when it needs the room.</summary>
    public void Dispose()
    {
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "TpmDeviceKey(redacted)";
}
