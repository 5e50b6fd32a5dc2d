namespace VaultGrid.Grains;

/// <content>What the next version of the command might say besides: silos of the version before skip it.</content>
public sealed partial record ExecuteRequest
{
    /// <summary>The place that the relay stands at; null from a relay of the version before.</summary>
    [Id(2)] public string? Place { get; init; } = "next";
}
