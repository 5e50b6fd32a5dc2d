namespace VaultGrid;

/// <summary>The value of an outcome that has nothing to say but that it went well.</summary>
public readonly record struct Done;
