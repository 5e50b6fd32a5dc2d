namespace VaultGrid.Client;

/// <summary>An operator's public key.</summary>
/// <param name="Identity">The operator, such as <c>vaultgrid://operator/3</c>.</param>
/// <param name="Key">SHA-256 of the public key's SubjectPublicKeyInfo.</param>
/// <param name="Certificate">The certificate, DER.</param>
/// <param name="NotAfter">When it runs out.</param>
public sealed record OperatorStatus(string Identity, Hash256 Key, ReadOnlyMemory<byte> Certificate, DateTimeOffset NotAfter);

/// <summary>Makes an operator known.</summary>
/// <param name="Certificate">The certificate, DER.</param>
public sealed record OperatorRegistration(ReadOnlyMemory<byte> Certificate);
