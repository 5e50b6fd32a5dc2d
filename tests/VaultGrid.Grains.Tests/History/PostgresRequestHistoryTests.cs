using Npgsql;
using VaultGrid.Grains.Approvals;
using VaultGrid.Silo.Engine.State;
using VaultGrid.Silo.History;
using VaultGrid.Silo.Hosting;
using VaultGrid.Testing.Postgres;

namespace VaultGrid.Grains.Tests.History;

/// <summary>The history in a real PostgreSQL.</summary>
public sealed class PostgresRequestHistoryTests(PostgresRequestHistoryTests.Server server)
    : RequestHistoryTests, IClassFixture<PostgresRequestHistoryTests.Server>, IAsyncDisposable
{
    private static int _databases;

    private string _connection = "";
    private PostgresRequestHistory? _history;

    public async ValueTask DisposeAsync()
    {
        if (_history is not null) await _history.DisposeAsync();
    }

    internal override async Task<IRequestHistory> OpenAsync()
    {
        if (server.Postgres is not { } postgres)
        {
            Assert.Skip("PostgreSQL is not installed: install the package postgresql");
            throw new InvalidOperationException();
        }

        _connection = await postgres.CreateDatabaseAsync($"history_{Interlocked.Increment(ref _databases)}");
        return await StartAsync();
    }

    internal override async Task<IRequestHistory> UpgradeAsync()
    {
        await _history!.DisposeAsync();
        await using (var database = NpgsqlDataSource.Create(_connection))
        await using (var command = database.CreateCommand("DROP TABLE request_cluster, request_customer; DELETE FROM vaultgrid_migration WHERE number >= 9"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return await StartAsync();
    }

    private async Task<IRequestHistory> StartAsync()
    {
        _history = new PostgresRequestHistory(_connection, new GridStateSerializer(GrainAssemblies.All));
        await _history.StartAsync(TestContext.Current.CancellationToken);
        return _history;
    }

    /// <summary>One server for all tests, a database for each.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public PostgresServer? Postgres { get; private set; }

        public async ValueTask InitializeAsync() => Postgres = PostgresServer.Programs is null ? null : await PostgresServer.StartAsync();

        public async ValueTask DisposeAsync()
        {
            if (Postgres is not null) await Postgres.DisposeAsync();
        }
    }
}
