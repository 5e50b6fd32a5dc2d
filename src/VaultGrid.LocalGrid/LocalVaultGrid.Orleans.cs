namespace VaultGrid.LocalGrid;

/// <content>On Orleans: a silo, a relay that is its client over the network, and the PostgreSQL that both find each other in.</content>
public sealed partial class LocalVaultGrid
{
    private LocalPostgres? _database;

    private partial (LocalProcess Silo, LocalProcess Relay) MakeProcesses(int port)
    {
        _database = new LocalPostgres(Path.Combine(Directory, "database.log"));
        return (
            MakeProcess("silo", LocalProgram.Silo, SiloConfiguration.Orleans(Nodes, _database.Connection, _options)),
            MakeProcess("relay", LocalProgram.Relay, SiloConfiguration.Relay(Ceremony, _database.Connection, port, _options)));
    }

    private partial Task StartDatabaseAsync(CancellationToken cancellationToken) => _database!.StartAsync(_options.StepTimeout, cancellationToken);

    private partial ValueTask StopDatabaseAsync() => _database!.DisposeAsync();
}
