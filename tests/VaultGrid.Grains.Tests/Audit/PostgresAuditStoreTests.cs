using Npgsql;
using VaultGrid.Grains.Audit;
using VaultGrid.Grains.Tests.History;
using VaultGrid.Silo.Audit;

namespace VaultGrid.Grains.Tests.Audit;

/// <summary>Merged logs in a real PostgreSQL.</summary>
public sealed class PostgresAuditStoreTests(PostgresRequestHistoryTests.Server server)
    : AuditStoreTests, IClassFixture<PostgresRequestHistoryTests.Server>, IAsyncDisposable
{
    private static int _databases;

    private string _connection = "";
    private PostgresAuditStore? _store;

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    internal override async Task<IAuditStore> OpenAsync()
    {
        if (server.Postgres is not { } postgres)
        {
            Assert.Skip("PostgreSQL is not installed: install the package postgresql");
            throw new InvalidOperationException();
        }

        _connection = await postgres.CreateDatabaseAsync($"audit_{Interlocked.Increment(ref _databases)}");
        _store = new PostgresAuditStore(_connection);
        await _store.StartAsync(TestContext.Current.CancellationToken);
        return _store;
    }

    internal override async Task TamperAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
#pragma warning disable CA2100 // Constants of the tests.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
