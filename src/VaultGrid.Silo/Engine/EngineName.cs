namespace VaultGrid.Silo.Engine;

/// <summary>Which engine this build contains, as health, telemetry and the demo's record name it.</summary>
public static class EngineName
{
#if GRID_ORLEANS
    public const string Current = "orleans";
#else
    public const string Current = "embedded";
#endif
}
