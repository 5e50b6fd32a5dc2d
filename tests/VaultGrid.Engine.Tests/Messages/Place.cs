namespace VaultGrid.Engine.Tests.Messages;

/// <summary>Stands for an id of the model: it knows nothing of grains, so it travels as a surrogate.</summary>
public readonly record struct Place(string Name);
