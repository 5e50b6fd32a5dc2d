namespace VaultGrid.Silo.Engine.Postgres;

/// <summary>Brings the database up to date before anything that needs it starts.</summary>
public sealed class PostgresMigrationService(string connectionString) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => PostgresMigrations.ApplyAsync(connectionString, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
