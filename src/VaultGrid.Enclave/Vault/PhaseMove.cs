namespace VaultGrid.Enclave;

/// <summary>A request that moved this node to another phase.</summary>
internal sealed record PhaseMove(Hash256 Request, EnclavePhase Phase);
