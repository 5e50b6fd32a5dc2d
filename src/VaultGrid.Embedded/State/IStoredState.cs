namespace VaultGrid.Embedded.State;

/// <summary>A stored record that is read when its activation is made.</summary>
internal interface IStoredState
{
    Task ReadStateAsync(CancellationToken cancellationToken);
}
