using VaultGrid.Testing.Postgres;

[assembly: AssemblyFixture(typeof(VaultGrid.Grains.Tests.SharedPostgres))]

namespace VaultGrid.Grains.Tests;

/// <summary>The one PostgreSQL under every site of a test run, started by the first that asks.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());

    internal static async Task<string> CreateDatabaseAsync(string name) => await (await Server.Value).CreateDatabaseAsync(name);

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated) await (await Server.Value).DisposeAsync();
    }
}
