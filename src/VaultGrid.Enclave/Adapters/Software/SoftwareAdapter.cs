using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>
/// The adapter without hardware: the D key is made here and lies in the sealed store. Whoever is root on the host can read it from this
/// process's memory (SECURITY.md).
/// </summary>
internal sealed class SoftwareAdapter(ISealingSecret secret) : IVaultAdapter
{
    private const int RsaBits = 3072;

    // An RSA-3072 private key in PKCS#1 form has some 1,800 bytes.
    private const int RsaRoom = 4096;

    /// <inheritdoc/>
    public string Kind => "software";

    /// <inheritdoc/>
    public byte[] NewParameters() => secret.NewParameters();

    /// <inheritdoc/>
    public Outcome<SecretBytes> SealingKey(ReadOnlySpan<byte> parameters) => secret.Key(parameters);

    /// <inheritdoc/>
    public SecretBytes CreateDeviceKey(DeviceKeyAlgorithm algorithm)
    {
        switch (algorithm)
        {
            case DeviceKeyAlgorithm.P256:
                using (var key = P256SigningKey.Generate()) return key.Export();
            case DeviceKeyAlgorithm.Rsa3072:
                using (var key = RSA.Create(RsaBits)) return Export(key);
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a device key algorithm.");
        }
    }

    /// <inheritdoc/>
    public Outcome<IDeviceKey> OpenDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle)
    {
        switch (algorithm)
        {
            case DeviceKeyAlgorithm.P256:
                return P256SigningKey.Import(handle).Is(out var key, out var refusal) ? new SoftwareP256Key(key) : Foreign(refusal.Detail);
            case DeviceKeyAlgorithm.Rsa3072:
                var rsa = RSA.Create();
                try
                {
                    rsa.ImportRSAPrivateKey(handle.Span, out var read);
                    GC.KeepAlive(handle);
                    if (read == handle.Length) return new SoftwareRsaKey(rsa);
                }
                catch (CryptographicException)
                {
                    // Not a key: answered below.
                }

                rsa.Dispose();
                return Foreign("it is no RSA private key");
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a device key algorithm.");
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing exists outside the store, which is rewritten without it.</remarks>
    public void DestroyDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle) => handle.Dispose();

    /// <inheritdoc/>
    public void Dispose() => secret.Dispose();

    private static SecretBytes Export(RSA key)
    {
        using var room = new SecretBytes(RsaRoom);
        return key.TryExportRSAPrivateKey(room.Span, out var written)
            ? room.Slice(0, written)
            : throw new CryptographicException("An RSA private key is larger than expected.");
    }

    private static Refusal Foreign(string why) => new(RefusalCode.StoreSealed, $"the store's device key can't be used: {why}");
}
