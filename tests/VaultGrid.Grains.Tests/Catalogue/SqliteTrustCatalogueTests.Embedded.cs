using VaultGrid.Grains.Trusts;
using VaultGrid.Silo.Engine.State;
using VaultGrid.Silo.Catalogue;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Grains.Tests.Catalogue;

/// <summary>The catalogue in a SQLite file.</summary>
public sealed class SqliteTrustCatalogueTests : TrustCatalogueTests, IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vgc-");
    private SqliteTrustCatalogue? _catalogue;

    public async ValueTask DisposeAsync()
    {
        if (_catalogue is not null) await _catalogue.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    internal override async Task<ITrustCatalogue> OpenAsync()
    {
        _catalogue = new SqliteTrustCatalogue(Path.Combine(_directory.FullName, "catalogue.db"), new GridStateSerializer(GrainAssemblies.All));
        await _catalogue.StartAsync(TestContext.Current.CancellationToken);
        return _catalogue;
    }
}
