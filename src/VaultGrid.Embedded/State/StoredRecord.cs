namespace VaultGrid.Embedded.State;

/// <summary>A record as stored; <paramref name="Payload"/> is null after it was cleared.</summary>
internal readonly record struct StoredRecord(byte[]? Payload, long Version);
