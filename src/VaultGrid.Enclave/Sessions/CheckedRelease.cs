namespace VaultGrid.Enclave;

/// <summary>A key that another node released, checked outside the vault's gate.</summary>
/// <param name="Statement">What the holder said.</param>
/// <param name="Pending">What was asked for.</param>
/// <param name="Key">The key, opened.</param>
internal sealed record CheckedRelease(ReleaseStatement Statement, PendingJoin Pending, CheckedKey Key);
