using System.Net;

namespace VaultGrid.Silo.Hosting;

/// <summary>Finds the first thing wrong with a silo's options, as one sentence that names the setting; pure.</summary>
internal static class SiloOptionsCheck
{
    // sockaddr_un.sun_path holds 108 bytes, the last of them zero.
    private const int SocketPathMax = 107;

    public static string? Fault(SiloOptions options) =>
        Storage(options.Storage) ?? Enclaves(options.Enclaves) ?? Listeners(options)
        ?? (string.IsNullOrWhiteSpace(options.Name) ? "VaultGrid:Name must not be empty" : null);

    private static string? Storage(StorageOptions storage) => storage.Kind switch
    {
        "sqlite" when storage.Connection is not null => "VaultGrid:Storage:Connection belongs to postgres, not to sqlite",
        "sqlite" when string.IsNullOrWhiteSpace(storage.Directory) => "VaultGrid:Storage:Directory must name the directory of the SQLite files",
        "postgres" when storage.Directory is not null => "VaultGrid:Storage:Directory belongs to sqlite, not to postgres",
        "postgres" when string.IsNullOrWhiteSpace(storage.Connection) => "VaultGrid:Storage:Connection must be a PostgreSQL connection string",
        "sqlite" or "postgres" => null,
        "" => "VaultGrid:Storage:Kind must be chosen: sqlite or postgres",
        var other => $"VaultGrid:Storage:Kind is '{other}': sqlite or postgres is expected",
    };

    private static string? Enclaves(IList<EnclaveAttachment> enclaves)
    {
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < enclaves.Count; i++)
        {
            var (node, socket) = (enclaves[i].Node, enclaves[i].Socket);
            if (!NodeId.TryParse(node, out _)) return $"VaultGrid:Enclaves:{i}:Node is '{node}': cluster/node is expected, such as 1/2";
            if (!nodes.Add(node)) return $"VaultGrid:Enclaves names node {node} twice";
            if (!Path.IsPathFullyQualified(socket)) return $"VaultGrid:Enclaves:{i}:Socket must be the full path of the enclave's socket";
            if (System.Text.Encoding.UTF8.GetByteCount(socket) > SocketPathMax)
                return $"VaultGrid:Enclaves:{i}:Socket is longer than the {SocketPathMax} bytes that a socket's path may have";
            if (!sockets.Add(socket)) return $"VaultGrid:Enclaves names the socket {socket} twice";
        }

        return null;
    }

    private static string? Listeners(SiloOptions options)
    {
        if (options.Health.Port is { } port && !IsPort(port)) return "VaultGrid:Health:Port must lie between 0 and 65535";
        if (!IPAddress.TryParse(options.Health.Listen, out _)) return "VaultGrid:Health:Listen must be an IP address";
        if (!IPAddress.TryParse(options.Membership.Address, out _)) return "VaultGrid:Membership:Address must be an IP address";
        return IsPort(options.Membership.SiloPort) && IsPort(options.Membership.GatewayPort)
            ? null
            : "VaultGrid:Membership:SiloPort and GatewayPort must lie between 0 and 65535";
    }

    private static bool IsPort(int port) => port is >= 0 and <= 65535;
}
