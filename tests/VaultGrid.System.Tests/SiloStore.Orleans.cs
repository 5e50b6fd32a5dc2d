using VaultGrid.Testing.Postgres;

namespace VaultGrid.System.Tests;

/// <summary>Where a silo of this build keeps state: a PostgreSQL of the test's own.</summary>
internal sealed class SiloStore(PostgresServer server, string connection) : IAsyncDisposable
{
    /// <summary>Environment variables, <c>NAME=value</c>, for the README's script.</summary>
    public string[] Settings { get; } = [$$"""STORAGE={ "Kind": "postgres", "Connection": "{{connection}}" }"""];

    public static async Task<SiloStore> OpenAsync()
    {
        var server = await PostgresServer.StartAsync();
        return new SiloStore(server, await server.CreateDatabaseAsync("readme"));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
