namespace VaultGrid.Silo.Hosting;

/// <summary>Why a silo can't start, in one sentence for whoever configures it.</summary>
internal sealed class SiloStartException(string message) : Exception(message);
