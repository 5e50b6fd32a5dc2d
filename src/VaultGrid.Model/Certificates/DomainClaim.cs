namespace VaultGrid.Model.Certificates;

/// <summary>A Domain and what may be done with it.</summary>
/// <param name="Domain">The Domain.</param>
/// <param name="Operations">At least one.</param>
public readonly record struct DomainClaim(DomainId Domain, DomainOperations Operations);
