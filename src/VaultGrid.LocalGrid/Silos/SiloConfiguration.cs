using System.Text.Json.Nodes;

namespace VaultGrid.LocalGrid;

/// <summary>The configuration files of silos and their relay.</summary>
internal static class SiloConfiguration
{
    /// <summary>Embedded engine: SQLite, or the PostgreSQL that was named; the enclaves' sockets, the relay in the silo.</summary>
    public static string Embedded(LocalCeremony ceremony, IEnumerable<LocalNode> nodes, string storage, int port, LocalGridOptions options) => File(new JsonObject
    {
        ["Name"] = "local",
        ["Storage"] = options.Database is { } connection
            ? Postgres(connection)
            : new JsonObject { ["Kind"] = "sqlite", ["Directory"] = storage },
        ["Enclaves"] = Enclaves(nodes),
        ["Relay"] = RelaySection(ceremony, port, options),
    }, Telemetry(options, options.MetricsPort));

    /// <summary>Orleans: PostgreSQL, the enclaves' sockets, ports for the relay, other silos and whoever asks whether it is ready.</summary>
    public static string Orleans(string name, IEnumerable<LocalNode> nodes, string connection, int healthPort, LocalGridOptions options) => File(new JsonObject
    {
        ["Name"] = name,
        ["Storage"] = Postgres(connection),
        ["Health"] = new JsonObject { ["Port"] = healthPort },
        ["Membership"] = new JsonObject { ["SiloPort"] = FreePort.Take(), ["GatewayPort"] = FreePort.Take() },
        ["Enclaves"] = Enclaves(nodes),
    }, Telemetry(options, options.MetricsPort));

    /// <summary>A relay on its own, which finds the silos in their PostgreSQL.</summary>
    public static string Relay(LocalCeremony ceremony, string connection, int port, LocalGridOptions options)
    {
        var relay = RelaySection(ceremony, port, options);
        relay["Membership"] = new JsonObject { ["Connection"] = connection };
        return File(new JsonObject { ["Relay"] = relay }, Telemetry(options, null));
    }

    private static JsonObject Postgres(string connection) => new() { ["Kind"] = "postgres", ["Connection"] = connection };

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

    private static JsonObject RelaySection(LocalCeremony ceremony, int port, LocalGridOptions options)
    {
        var relay = new JsonObject
        {
            ["Listen"] = "127.0.0.1",
            ["Port"] = port,
            ["CertificateFile"] = ceremony.RelayCertificateFile,
            ["KeyFile"] = ceremony.RelayKeyFile,
            ["PassphraseFile"] = ceremony.PassphraseFile,
            ["RootFile"] = ceremony.RootFile,
            ["AuthoritiesFile"] = ceremony.AuthoritiesFile,
        };
        if (options.OneCallerForMany)
        {
            relay["Limits"] = new JsonObject
            {
                ["RequestsPerSecondPerCaller"] = 1_000_000, ["BurstPerCaller"] = 1_000_000, ["ConcurrentRequestsPerCaller"] = 1024,
            };
        }

        return relay;
    }
}
