using VaultGrid.Grains.Trusts;
using VaultGrid.Silo.Engine.State;
using VaultGrid.Silo.Catalogue;
using VaultGrid.Silo.Hosting;
using VaultGrid.Testing.Postgres;

namespace VaultGrid.Grains.Tests.Catalogue;

/// <summary>The catalogue in a real PostgreSQL.</summary>
public sealed class PostgresTrustCatalogueTests(PostgresTrustCatalogueTests.Server server)
    : TrustCatalogueTests, IClassFixture<PostgresTrustCatalogueTests.Server>, IAsyncDisposable
{
    private static int _databases;

    private PostgresTrustCatalogue? _catalogue;

    public async ValueTask DisposeAsync()
    {
        if (_catalogue is not null) await _catalogue.DisposeAsync();
    }

    internal override async Task<ITrustCatalogue> OpenAsync()
    {
        if (server.Postgres is not { } postgres)
        {
            Assert.Skip("PostgreSQL is not installed: install the package postgresql");
            throw new InvalidOperationException();
        }

        var connection = await postgres.CreateDatabaseAsync($"catalogue_{Interlocked.Increment(ref _databases)}");
        _catalogue = new PostgresTrustCatalogue(connection, new GridStateSerializer(GrainAssemblies.All));
        await _catalogue.StartAsync(TestContext.Current.CancellationToken);
        return _catalogue;
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
