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

    public async ValueTask DisposeAsync()
    {
        if (_history is not null) await _history.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    internal override async Task<IRequestHistory> OpenAsync()
    {
        _history = new SqliteRequestHistory(Path.Combine(_directory.FullName, "history.db"), new GridStateSerializer(GrainAssemblies.All));
        await _history.StartAsync(TestContext.Current.CancellationToken);
        return _history;
    }
}
