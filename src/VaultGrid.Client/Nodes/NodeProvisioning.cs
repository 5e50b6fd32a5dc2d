namespace VaultGrid.Client;

/// <summary>What a fresh node is told.</summary>
/// <param name="DeviceKey">How its D key is made: <c>p256</c> or <c>rsa3072</c>.</param>
/// <param name="Root">The Root CA's certificate, DER.</param>
/// <param name="Admins">The administrators' policies, canonical bytes, from the first to the one in force.</param>
/// <param name="Adapter">The adapter that its enclave has to rest on (<c>software</c>, <c>pkcs11</c>, <c>tpm</c>): an enclave on another refuses, and makes nothing. Null for any.</param>
public sealed record NodeProvisioning(string DeviceKey, ReadOnlyMemory<byte> Root, IReadOnlyList<ReadOnlyMemory<byte>> Admins, string? Adapter = null);

/// <summary>What a provisioned node answers.</summary>
/// <param name="Request">The PKCS#10 request of its D key, DER.</param>
/// <param name="Admins">The hash of the administrators' policy that it has pinned; the request carries it too.</param>
public sealed record CertificateRequest(ReadOnlyMemory<byte> Request, Hash256 Admins);

/// <summary>A device certificate and what proves it.</summary>
/// <param name="Certificate">The device certificate, DER.</param>
/// <param name="Authorities">The CAs and their lists.</param>
public sealed record NodeCertification(ReadOnlyMemory<byte> Certificate, AuthorityFile Authorities);
