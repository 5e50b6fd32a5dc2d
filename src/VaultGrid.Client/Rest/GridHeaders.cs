namespace VaultGrid.Client;

/// <summary>The HTTP headers of the interface's own.</summary>
public static class GridHeaders
{
    /// <summary>On whose behalf a relay calls: the caller's identity URI. Believed of relays alone; refused from anyone else.</summary>
    public const string Caller = "VaultGrid-Caller";
}
