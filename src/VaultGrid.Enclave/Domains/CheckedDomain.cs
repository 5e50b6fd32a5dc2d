namespace VaultGrid.Enclave;

/// <summary>A Domain whose parts belong together and whose seal is good.</summary>
/// <param name="Domain">The Domain; its Trust is the library's, shared.</param>
/// <param name="By">The CAs and lists that it was checked by: others may know that its sealer was revoked.</param>
internal sealed record CheckedDomain(Domain Domain, TrustedAuthorities By);
