namespace VaultGrid.Client;

/// <summary>A wish for backups of a key's shares.</summary>
/// <param name="Administrators">The certificates of the administrators of the key's policy in force, DER, in the policy's order.</param>
public sealed record BackupOrder(IReadOnlyList<ReadOnlyMemory<byte>> Administrators);

/// <summary>Backups of a key's shares.</summary>
/// <param name="Backups">One for each holder that answered, D-signed.</param>
/// <param name="Blamed">Holders that gave none, and why.</param>
public sealed record KeyBackup(IReadOnlyList<DeviceStatement> Backups, IReadOnlyList<Blame> Blamed);
