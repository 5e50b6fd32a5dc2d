using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace VaultGrid.Embedded.Storage;

/// <summary>
/// A SQLite file with many readers and one writer. Writes that wait at the same time are committed together; each is told that it
/// is done only after the commit reached the disk (WAL, synchronous=FULL).
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteWriter _writer;
    private bool _closed;

    private SqliteDatabase(string connectionString, SqliteSession writer)
    {
        _connectionString = connectionString;
        _writer = new SqliteWriter(writer);
    }

    /// <summary>Opens the file, or makes it, readable by its owner only.</summary>
    /// <exception cref="SqliteException">The file is not a database, or can't be opened.</exception>
    public static SqliteDatabase Open(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        SqliteLibrary.Use();
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            new FileStream(file, options).Dispose();
        }

        // Pooling would keep files open after they are closed here; sessions are kept by this class.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        return new SqliteDatabase(connectionString, Connect(connectionString, isWriter: true));
    }

    /// <summary>Runs a query on the calling thread and sees everything that has been acknowledged.</summary>
    public TResult Read<TResult>(Func<SqliteSession, TResult> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_readers.TryTake(out var session))
        {
            session = Connect(_connectionString, isWriter: false);
        }

        try
        {
            return query(session);
        }
        finally
        {
            if (_closed)
            {
                session.Dispose();
            }
            else
            {
                _readers.Add(session);
            }
        }
    }

    /// <summary>
    /// Runs a change on the writer's thread, all of it or nothing; the task completes when it is on the disk. If it throws, only this
    /// change is undone and the task fails with what it threw.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The database was closed.</exception>
    public Task<TResult> WriteAsync<TResult>(Func<SqliteSession, TResult> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _writer.EnqueueAsync(change);
    }

    /// <summary>Completes the changes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _writer.DisposeAsync();
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private static SqliteSession Connect(string connectionString, bool isWriter)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = isWriter
            ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;"
            : "PRAGMA query_only=ON; PRAGMA busy_timeout=5000;";
        pragmas.ExecuteNonQuery();
        return new SqliteSession(connection);
    }
}
