namespace VaultGrid.Enclave;

/// <summary>What a join was asked for, with which session key, and until when its answer is taken.</summary>
internal sealed record PendingJoin(KeyId KeyId, Hash256 Session, DateTimeOffset Until);
