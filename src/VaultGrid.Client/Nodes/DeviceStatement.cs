namespace VaultGrid.Client;

/// <summary>A statement signed by a node's D key, as the enclave made it. Whoever relies on it verifies it: those who carried it are not trusted.</summary>
/// <param name="Statement">The statement in its canonical encoding; it starts with its own tag.</param>
/// <param name="Certificate">The node's device certificate, DER.</param>
/// <param name="Signature">The D key's signature over the statement.</param>
public sealed record DeviceStatement(ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature);
