namespace VaultGrid.Telemetry;

/// <summary>Whose telemetry it is.</summary>
internal sealed record TelemetrySource(string Service, string Instance);
