namespace VaultGrid.Enclave;

/// <summary>A Trust that was verified: all that is stored of it.</summary>
/// <param name="Hash">Its name.</param>
/// <param name="IsNamed">True where it names this enclave.</param>
internal readonly record struct VerifiedTrust(Hash256 Hash, bool IsNamed);
