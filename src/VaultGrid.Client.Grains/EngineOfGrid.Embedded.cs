namespace VaultGrid.Client.Grains;

/// <summary>The grain engine that this build speaks to.</summary>
internal static class EngineOfGrid
{
    public const string Name = "embedded";
}
