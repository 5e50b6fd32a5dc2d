namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>A span as a collector was told of it.</summary>
internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags);
