using VaultGrid.Embedded.Storage;
using VaultGrid.Grains.Audit;
using VaultGrid.Silo.Audit;

namespace VaultGrid.Grains.Tests.Audit;

/// <summary>Merged logs in a SQLite file.</summary>
public sealed class SqliteAuditStoreTests : AuditStoreTests, IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vga-");
    private SqliteAuditStore? _store;

    private string File => Path.Combine(_directory.FullName, "audit.db");

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    internal override async Task<IAuditStore> OpenAsync()
    {
        _store = new SqliteAuditStore(File);
        await _store.StartAsync(TestContext.Current.CancellationToken);
        return _store;
    }

    internal override async Task TamperAsync(string sql)
    {
        await using var database = SqliteDatabase.Open(File);
        await database.WriteAsync(session => session.Command(sql).ExecuteNonQuery());
    }
}
