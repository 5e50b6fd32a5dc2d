using VaultGrid.Demo;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>Clusters of four nodes, and before the enclave of one of them a door that lies once it is told to.</summary>
internal sealed class LyingGrid : IAsyncDisposable
{
    private LyingGrid(LocalVaultGrid grid, LyingDoor door) => (Grid, Door) = (grid, door);

    /// <summary>The grid, its clusters formed.</summary>
    public LocalVaultGrid Grid { get; }

    /// <summary>The way to the liar, honest so far.</summary>
    public LyingDoor Door { get; }

    /// <summary>Brings it up.</summary>
    /// <param name="clusters">How many clusters.</param>
    /// <param name="liar">Which node.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="changed">Answers to which calls are changed, in place of the usual ones.</param>
    public static async Task<LyingGrid> BringUpAsync(int clusters, NodeId liar, CancellationToken cancellationToken, params EnclaveCallKind[] changed)
    {
        var options = new LocalGridOptions { Clusters = clusters, Nodes = 4, Between = (node, socket) => node == liar ? socket + ".d" : socket };
        var grid = LocalVaultGrid.Prepare(options, TimeProvider.System);
        var lying = new LyingGrid(grid, new LyingDoor(grid.Node(liar).Door, grid.Node(liar).Socket, changed));
        try
        {
            await grid.StartAsync(cancellationToken);
            await grid.CertifyAsync(cancellationToken);
            await grid.FormClustersAsync(cancellationToken);
            return lying;
        }
        catch
        {
            await lying.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await Grid.DisposeAsync();
    }
}
