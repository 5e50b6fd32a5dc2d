namespace VaultGrid.Client;

/// <summary>To whom a cluster is assigned, and how many keys it may have.</summary>
/// <param name="Customer">The customer's name: 1 to 64 of a-z, 0-9 and '-', starting with a letter; null for nobody.</param>
/// <param name="MaxKeys">How many keys; null for as many as enclaves hold.</param>
public sealed record ClusterAssignment(string? Customer = null, int? MaxKeys = null);
