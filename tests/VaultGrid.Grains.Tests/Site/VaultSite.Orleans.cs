using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VaultGrid.Grains.Tests;

internal sealed partial class VaultSite
{
    private static int s_databases;

    private string? _connection;

    // One database for the site's whole life, new ports for each start: sites run side by side.
    private async partial Task ChooseStoreAsync(Dictionary<string, string?> settings)
    {
        _connection ??= await SharedPostgres.CreateDatabaseAsync($"site_{Interlocked.Increment(ref s_databases)}");
        settings["VaultGrid:Storage:Kind"] = "postgres";
        settings["VaultGrid:Storage:Connection"] = _connection;
        settings["VaultGrid:Membership:SiloPort"] = FreePort();
        settings["VaultGrid:Membership:GatewayPort"] = "0";
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
