using System.Diagnostics;

namespace VaultGrid.Client;

/// <summary>Under which name the SDK's calls are traced. Whoever listens sees one span for each call with all its attempts; the trace's id goes along as <c>traceparent</c>.</summary>
public static class GridTracing
{
    /// <summary>The activity source.</summary>
    public const string SourceName = "VaultGrid.Client";

    internal static ActivitySource Source { get; } = new(SourceName);
}
