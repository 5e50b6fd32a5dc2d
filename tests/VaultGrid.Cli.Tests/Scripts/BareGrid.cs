using VaultGrid.LocalGrid;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>One cluster of two enclaves that nobody has provisioned, attached to a silo.</summary>
public sealed class BareGrid : IAsyncLifetime
{
    public LocalVaultGrid Grid { get; } = LocalVaultGrid.Prepare(new LocalGridOptions { Nodes = 2 }, TimeProvider.System);

    public async ValueTask InitializeAsync() => await Grid.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Grid.DisposeAsync();
}
