namespace VaultGrid.Enclave;

/// <summary>What opening a log found.</summary>
/// <param name="File">The log, open for what follows.</param>
/// <param name="Number">The last entry's number; 0 for none.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Time">Its time.</param>
/// <param name="LastStep">The last change of the store that an entry tells of.</param>
internal sealed record AuditFound(AuditFile File, ulong Number, Hash256 Hash, DateTimeOffset Time, ulong LastStep);
