namespace VaultGrid.Client;

/// <summary>The HTTP headers of the interface's own.</summary>
public static class GridHeaders
{
    /// <summary>On whose behalf a relay calls: the caller's identity URI. Believed of relays alone; refused from anyone else.</summary>
    public const string Caller = "VaultGrid-Caller";

    /// <summary>Which relay in a row forwards the call: 1 for the first. Stands beside <see cref="Caller"/> and nowhere else.</summary>
    public const string Hops = "VaultGrid-Hops";

    /// <summary>How many relays a call may pass: two that forward to each other must not do so for ever.</summary>
    public const int HopsMax = 4;
}
