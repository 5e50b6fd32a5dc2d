namespace VaultGrid.SharedKeys.Tests;

/// <summary>Two clusters of four nodes, each an enclave process, with a silo and a relay: for tests that leave every node as they found it.</summary>
public sealed class SharedGrid : IAsyncLifetime
{
    private LocalVaultGrid? _grid;

    /// <summary>The grid.</summary>
    public LocalVaultGrid Grid => _grid ?? throw new InvalidOperationException("The grid has not been started.");

    /// <summary>Its shared keys.</summary>
    public LocalSharedKeys Keys => Grid.SharedKeys;

    public async ValueTask InitializeAsync() =>
        _grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Clusters = 2, Nodes = 4 }, null, TimeProvider.System, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_grid is not null) await _grid.DisposeAsync();
    }

    /// <summary>A name that no other test uses.</summary>
    public static KeyId NewName(string of) => KeyId.Parse($"{of}-{Guid.NewGuid():N}"[..32]);
}
