namespace VaultGrid.Model;

/// <summary>Evidence against a chain: two Trusts in one place, both with all their signatures. Neither counts for whoever sees both.</summary>
/// <param name="One">The one that was known.</param>
/// <param name="Other">The one that turned up.</param>
public sealed record TrustFork(Trust One, Trust Other);
