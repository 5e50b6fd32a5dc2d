using VaultGrid.Cli.Tests.Scripts;
using VaultGrid.LocalGrid;
using VaultGrid.Model;

[assembly: AssemblyFixture(typeof(LiveGrid))]

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>One grid of real processes for all scripts that need one: two clusters of three nodes, the key <c>treasury</c> in each.</summary>
public sealed class LiveGrid : IAsyncLifetime
{
    private LocalVaultGrid? _grid;

    public LocalVaultGrid Grid => _grid ?? throw new InvalidOperationException("The grid is not up.");

    public async ValueTask InitializeAsync() => _grid = await LocalVaultGrid.BringUpAsync(
        new LocalGridOptions { Clusters = 2 }, KeyId.Parse("treasury"), TimeProvider.System, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_grid is not null) await _grid.DisposeAsync();
    }
}
