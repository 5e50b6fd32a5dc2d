using Microsoft.Data.Sqlite;

namespace VaultGrid.Embedded.Storage;

/// <summary>
/// A SQLite file with many readers and one writer. Writes that wait at the same time are committed together, of all who opened the file
/// in this process; each is told that it is done only after the commit reached the disk (WAL, synchronous=FULL).
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly SqliteFile _file;
    private bool _closed;

    private SqliteDatabase(SqliteFile file) => _file = file;

    /// <summary>Opens the file, or makes it, readable by its owner only.</summary>
    /// <exception cref="SqliteException">The file is not a database, or can't be opened.</exception>
    public static SqliteDatabase Open(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return new SqliteDatabase(SqliteFile.Open(file));
    }

    /// <summary>Runs a query on the calling thread and sees everything that has been acknowledged.</summary>
    public TResult Read<TResult>(Func<SqliteSession, TResult> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(_closed, this);
        return _file.Read(query);
    }

    /// <summary>
    /// Runs a change on the writer's thread, all of it or nothing; the task completes when it is on the disk. If it throws, only this
    /// change is undone and the task fails with what it threw. It may run twice, where another one beside it threw. Changes are made in
    /// the order in which they come.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The database was closed.</exception>
    public Task<TResult> WriteAsync<TResult>(Func<SqliteSession, TResult> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        ObjectDisposedException.ThrowIf(_closed, this);
        return _file.WriteAsync(change);
    }

    /// <summary>Completes the changes that wait, then closes the file, unless others have it open.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _closed, true) ? ValueTask.CompletedTask : _file.DisposeAsync();
}
