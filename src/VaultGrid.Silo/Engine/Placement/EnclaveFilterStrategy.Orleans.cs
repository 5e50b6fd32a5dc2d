#pragma warning disable ORLEANSEXP004 // Placement filters are the only way to place by grain key; the test of three silos watches them.
using Orleans.Placement;

namespace VaultGrid.Silo.Engine.Placement;

/// <summary>Marks grains that live only where the enclave with their key is attached.</summary>
public sealed class EnclaveFilterStrategy() : PlacementFilterStrategy(order: 0);
