using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>Who this enclave is since provisioning: its node, its D key, and the certificate request that it answered.</summary>
[DebuggerDisplay("DeviceIdentity({Node}, redacted)")]
internal sealed class DeviceIdentity(
    NodeId node, DeviceKeyAlgorithm algorithm, CertificateKey publicKey, ReadOnlyMemory<byte> request, Hash256 provisioning, IDeviceKey? key, SecretBytes? handle)
{
    public NodeId Node => node;

    public DeviceKeyAlgorithm Algorithm => algorithm;

    public CertificateKey PublicKey => publicKey;

    /// <summary>The hash that requests to retire this node name.</summary>
    public Hash256 KeyHash { get; } = new(publicKey.SpkiHash.Span);

    /// <summary>The certificate request, DER.</summary>
    public ReadOnlyMemory<byte> Request => request;

    /// <summary>The hash of the whole provisioning call: the same call again is answered again.</summary>
    public Hash256 Provisioning => provisioning;

    /// <summary>The D key; null once the node has retired.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IDeviceKey? Key => key;

    /// <summary>What the adapter finds the D key by; null once the node has retired.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretBytes? Handle => handle;

    /// <summary>The identity of a node whose D key is destroyed.</summary>
    public DeviceIdentity WithoutKey() => new(node, algorithm, publicKey, request, provisioning, null, null);

    /// <summary>The node only.</summary>
    public override string ToString() => $"DeviceIdentity({node}, redacted)";
}
