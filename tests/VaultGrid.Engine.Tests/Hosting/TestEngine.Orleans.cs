using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VaultGrid.Silo.Engine;
using VaultGrid.Testing.Postgres;

namespace VaultGrid.Engine.Tests.Hosting;

public sealed partial class TestEngine
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());
    private static int s_databases;

    private string _connection = null!;

    public static async Task<string> CreateDatabaseAsync() =>
        await (await Server.Value).CreateDatabaseAsync("t" + Interlocked.Increment(ref s_databases).ToString(CultureInfo.InvariantCulture));

    public static async Task StopServerAsync()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }
    }

    /// <summary>A port that nobody has just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async partial Task PrepareAsync() => _connection = await CreateDatabaseAsync();

    private partial Task CleanUpAsync() => Task.CompletedTask;

    private partial void ChooseStore(GridEngineOptions options) =>
        (options.PostgresConnection, options.SiloPort, options.GatewayPort) = (_connection, FreePort(), 0);

    // Only what grains ask for: membership and messaging keep the real clock.
    private partial void ChooseTime(IServiceCollection services)
    {
        services.AddKeyedSingleton<TimeProvider>("Orleans.Grains", Time);
        services.AddKeyedSingleton<TimeProvider>("Orleans.Reminders", Time);
    }
}
