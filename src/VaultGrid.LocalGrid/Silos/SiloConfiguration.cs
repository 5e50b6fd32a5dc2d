using System.Text.Json.Nodes;

namespace VaultGrid.LocalGrid;

/// <summary>The configuration files of the one silo and its relay.</summary>
internal static class SiloConfiguration
{
    /// <summary>Embedded engine: SQLite, the enclaves' sockets, the relay in the silo.</summary>
    public static string Embedded(LocalCeremony ceremony, IEnumerable<LocalNode> nodes, string storage, int port, LocalGridOptions options) => File(new JsonObject
    {
        ["Name"] = "local",
        ["Storage"] = new JsonObject { ["Kind"] = "sqlite", ["Directory"] = storage },
        ["Enclaves"] = Enclaves(nodes),
        ["Relay"] = RelaySection(ceremony, port),
    }, Telemetry(options, options.MetricsPort));

    /// <summary>Orleans: PostgreSQL, the enclaves' sockets, ports for the relay and other silos.</summary>
    public static string Orleans(IEnumerable<LocalNode> nodes, string connection, LocalGridOptions options) => File(new JsonObject
    {
        ["Name"] = "local",
        ["Storage"] = new JsonObject { ["Kind"] = "postgres", ["Connection"] = connection },
        ["Membership"] = new JsonObject { ["SiloPort"] = FreePort.Take(), ["GatewayPort"] = FreePort.Take() },
        ["Enclaves"] = Enclaves(nodes),
    }, Telemetry(options, options.MetricsPort));

    /// <summary>A relay on its own, which finds the silos in their PostgreSQL.</summary>
    public static string Relay(LocalCeremony ceremony, string connection, int port, LocalGridOptions options)
    {
        var relay = RelaySection(ceremony, port);
        relay["Membership"] = new JsonObject { ["Connection"] = connection };
        return File(new JsonObject { ["Relay"] = relay }, Telemetry(options, null));
    }

    private static JsonObject? Telemetry(LocalGridOptions options, int? metricsPort)
    {
        if (options.Collector is null && metricsPort is null) return null;
        var telemetry = new JsonObject { ["TraceRatio"] = 1 };
        if (options.Collector is { } collector) telemetry["Otlp"] = new JsonObject { ["Endpoint"] = collector.ToString(), ["MetricsEvery"] = "00:00:05" };
        if (metricsPort is { } port) telemetry["Prometheus"] = new JsonObject { ["Port"] = port };
        return telemetry;
    }

    private static string File(JsonObject vaultGrid, JsonObject? telemetry) => new JsonObject
    {
        ["VaultGrid"] = With(vaultGrid, telemetry),
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Information", ["Microsoft.AspNetCore"] = "Warning", ["Orleans"] = "Warning" } },
    }.ToJsonString(new() { WriteIndented = true }) + "\n";

    private static JsonObject With(JsonObject vaultGrid, JsonObject? telemetry)
    {
        if (telemetry is not null) vaultGrid["Telemetry"] = telemetry;
        return vaultGrid;
    }

    private static JsonArray Enclaves(IEnumerable<LocalNode> nodes) =>
        [.. nodes.Select(node => (JsonNode)new JsonObject { ["Node"] = node.Id.ToString(), ["Socket"] = node.Door })];

    private static JsonObject RelaySection(LocalCeremony ceremony, int port) => new()
    {
        ["Listen"] = "127.0.0.1",
        ["Port"] = port,
        ["CertificateFile"] = ceremony.RelayCertificateFile,
        ["KeyFile"] = ceremony.RelayKeyFile,
        ["PassphraseFile"] = ceremony.PassphraseFile,
        ["RootFile"] = ceremony.RootFile,
        ["AuthoritiesFile"] = ceremony.AuthoritiesFile,
    };
}
