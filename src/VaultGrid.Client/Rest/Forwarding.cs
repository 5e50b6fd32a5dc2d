namespace VaultGrid.Client;

/// <summary>On whose behalf a relay calls, and as which relay in a row.</summary>
internal sealed record Forwarding(string Caller, int Hops);
