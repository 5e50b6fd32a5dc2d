using System.Diagnostics;

namespace VaultGrid.Grains;

/// <summary>How a trace crosses from one grain to the next: as text in the request context, in the form of W3C Trace Context. It decides nothing.</summary>
public static class GrainTracing
{
    /// <summary>The activity source of grain calls.</summary>
    public const string SourceName = "VaultGrid.Grains";

    internal const string Key = "vg.traceparent";

    internal static ActivitySource Source { get; } = new(SourceName);
}
