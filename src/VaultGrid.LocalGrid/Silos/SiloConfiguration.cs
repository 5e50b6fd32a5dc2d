using System.Text.Json.Nodes;

namespace VaultGrid.LocalGrid;

/// <summary>The configuration file of the one silo: embedded engine, SQLite, the enclaves' sockets, the relay in it.</summary>
internal static class SiloConfiguration
{
    public static string Write(LocalCeremony ceremony, IEnumerable<LocalNode> nodes, string storage, int port) => new JsonObject
    {
        ["VaultGrid"] = new JsonObject
        {
            ["Name"] = "local",
            ["Storage"] = new JsonObject { ["Kind"] = "sqlite", ["Directory"] = storage },
            ["Enclaves"] = new JsonArray([.. nodes.Select(node => (JsonNode)new JsonObject { ["Node"] = node.Id.ToString(), ["Socket"] = node.Socket })]),
            ["Relay"] = new JsonObject
            {
                ["Listen"] = "127.0.0.1",
                ["Port"] = port,
                ["CertificateFile"] = ceremony.RelayCertificateFile,
                ["KeyFile"] = ceremony.RelayKeyFile,
                ["PassphraseFile"] = ceremony.PassphraseFile,
                ["RootFile"] = ceremony.RootFile,
                ["AuthoritiesFile"] = ceremony.AuthoritiesFile,
            },
        },
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Information", ["Microsoft.AspNetCore"] = "Warning" } },
    }.ToJsonString(new() { WriteIndented = true }) + "\n";
}
