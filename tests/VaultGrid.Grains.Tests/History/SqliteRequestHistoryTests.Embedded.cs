using VaultGrid.Embedded.Storage;
using VaultGrid.Grains.Approvals;
using VaultGrid.Silo.Engine.State;
using VaultGrid.Silo.History;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Grains.Tests.History;

/// <summary>The history in a SQLite file.</summary>
public sealed class SqliteRequestHistoryTests : RequestHistoryTests, IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vgh-");
    private SqliteRequestHistory? _history;

    private string File => Path.Combine(_directory.FullName, "history.db");

    public async ValueTask DisposeAsync()
    {
        if (_history is not null) await _history.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    internal override async Task<IRequestHistory> OpenAsync()
    {
        _history = new SqliteRequestHistory(File, new GridStateSerializer(GrainAssemblies.All));
        await _history.StartAsync(TestContext.Current.CancellationToken);
        return _history;
    }

    internal override async Task<IRequestHistory> UpgradeAsync()
    {
        await _history!.DisposeAsync();
        await using (var database = SqliteDatabase.Open(File))
        {
            await database.WriteAsync(session => session.Command(
                "DROP TABLE request_cluster; DROP TABLE request_customer; UPDATE schema_version SET version = 2 WHERE component = 'request_history'").ExecuteNonQuery());
        }

        return await OpenAsync();
    }
}
