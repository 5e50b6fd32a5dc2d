namespace VaultGrid.Embedded.Storage;

/// <summary>Opens a store, brings its schema up to date, and closes it when everything acknowledged is safe.</summary>
internal interface IStorageLifetime
{
    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync();
}
