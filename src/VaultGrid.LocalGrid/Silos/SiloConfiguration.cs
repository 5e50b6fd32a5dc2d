using System.Text.Json.Nodes;

namespace VaultGrid.LocalGrid;

/// <summary>The configuration files of the one silo and its relay.</summary>
internal static class SiloConfiguration
{
    /// <summary>Embedded engine: SQLite, the enclaves' sockets, the relay in the silo.</summary>
    public static string Embedded(LocalCeremony ceremony, IEnumerable<LocalNode> nodes, string storage, int port) => File(new JsonObject
    {
        ["Name"] = "local",
        ["Storage"] = new JsonObject { ["Kind"] = "sqlite", ["Directory"] = storage },
        ["Enclaves"] = Enclaves(nodes),
        ["Relay"] = RelaySection(ceremony, port),
    });

    /// <summary>Orleans: PostgreSQL, the enclaves' sockets, ports for the relay and other silos.</summary>
    public static string Orleans(IEnumerable<LocalNode> nodes, string connection) => File(new JsonObject
    {
        ["Name"] = "local",
        ["Storage"] = new JsonObject { ["Kind"] = "postgres", ["Connection"] = connection },
        ["Membership"] = new JsonObject { ["SiloPort"] = FreePort.Take(), ["GatewayPort"] = FreePort.Take() },
        ["Enclaves"] = Enclaves(nodes),
    });

    /// <summary>A relay on its own, which finds the silos in their PostgreSQL.</summary>
    public static string Relay(LocalCeremony ceremony, string connection, int port)
    {
        var relay = RelaySection(ceremony, port);
        relay["Membership"] = new JsonObject { ["Connection"] = connection };
        return File(new JsonObject { ["Relay"] = relay });
    }

    private static string File(JsonObject vaultGrid) => new JsonObject
    {
        ["VaultGrid"] = vaultGrid,
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Information", ["Microsoft.AspNetCore"] = "Warning", ["Orleans"] = "Warning" } },
    }.ToJsonString(new() { WriteIndented = true }) + "\n";

    private static JsonArray Enclaves(IEnumerable<LocalNode> nodes) =>
        [.. nodes.Select(node => (JsonNode)new JsonObject { ["Node"] = node.Id.ToString(), ["Socket"] = node.Socket })];

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
