using VaultGrid.Embedded.Storage;

namespace VaultGrid.Silo.Hosting;

/// <summary>Tables of one component in a SQLite file: brought up to date when the silo starts, closed with it.</summary>
/// <param name="file">The file; several components may share one.</param>
/// <param name="component">Under which name its steps are counted.</param>
/// <param name="steps">SQL scripts, oldest first; added at the end only.</param>
internal abstract class SqliteTables(string file, string component, IReadOnlyList<string> steps) : IHostedService, IAsyncDisposable
{
    private SqliteDatabase? _database;

    protected SqliteDatabase Database => _database ?? throw new InvalidOperationException($"The tables of '{component}' are not open yet.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _database = SqliteDatabase.Open(file);
        await SqliteSchema.UpgradeAsync(_database, component, steps);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_database is { } open) await open.DisposeAsync();
        _database = null;
    }
}
