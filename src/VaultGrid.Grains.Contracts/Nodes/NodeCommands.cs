namespace VaultGrid.Grains;

/// <summary>What a fresh node is told.</summary>
/// <param name="DeviceKey">How its D key is made: <c>p256</c> or <c>rsa3072</c>.</param>
/// <param name="Root">The Root CA's certificate, DER.</param>
/// <param name="Admins">The administrators' policies, canonical bytes, from the first to the one in force.</param>
/// <param name="Adapter">The adapter that its enclave has to rest on; null for any.</param>
[GenerateSerializer, Immutable, Alias("vg.node.provision.v1")]
public sealed record ProvisionNode(
    [property: Id(0)] string DeviceKey, [property: Id(1)] ReadOnlyMemory<byte> Root, [property: Id(2)] ImmutableArray<ReadOnlyMemory<byte>> Admins,
    [property: Id(3)] string? Adapter = null);

/// <summary>What a provisioned node answers.</summary>
/// <param name="Request">The PKCS#10 request of its D key, DER.</param>
/// <param name="Admins">The hash of the pinned administrators' policy.</param>
[GenerateSerializer, Immutable, Alias("vg.node.provisioned.v1")]
public sealed record ProvisionedNode([property: Id(0)] ReadOnlyMemory<byte> Request, [property: Id(1)] Hash256 Admins);

/// <summary>A device certificate and what proves it.</summary>
/// <param name="Certificate">The device certificate, DER.</param>
/// <param name="Authorities">The CAs and their lists, a bundle in DER.</param>
[GenerateSerializer, Immutable, Alias("vg.node.certify.v1")]
public sealed record CertifyNode([property: Id(0)] ReadOnlyMemory<byte> Certificate, [property: Id(1)] ReadOnlyMemory<byte> Authorities);
