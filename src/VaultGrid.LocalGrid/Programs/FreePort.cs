using System.Net;
using System.Net.Sockets;

namespace VaultGrid.LocalGrid;

/// <summary>A loopback port that nobody listens on right now.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
