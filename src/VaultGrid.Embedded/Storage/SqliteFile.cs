using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace VaultGrid.Embedded.Storage;

/// <summary>An open SQLite file with its connections, one in this process however many use it: so there is one writer, and one commit for all.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SqliteFile> Opened = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly string _connectionString;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteWriter _writer;
    private bool _closed;
    private int _users;

    private SqliteFile(string path, string connectionString)
    {
        (_path, _connectionString) = (path, connectionString);
        _writer = new SqliteWriter(Connect(connectionString, isWriter: true), Connect(connectionString, isWriter: true), $"{path}-wal");
    }

    public static SqliteFile Open(string file)
    {
        var path = Path.GetFullPath(file);
        lock (Gate)
        {
            if (!Opened.TryGetValue(path, out var opened))
            {
                Opened.Add(path, opened = Make(path));
            }

            opened._users++;
            return opened;
        }
    }

    public TResult Read<TResult>(Func<SqliteSession, TResult> query)
    {
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

    public Task<TResult> WriteAsync<TResult>(Func<SqliteSession, TResult> change) => _writer.EnqueueAsync(change);

    /// <summary>One user less; the last one closes the file, after the changes that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            if (--_users > 0)
            {
                return;
            }

            Opened.Remove(_path);
        }

        _closed = true;
        await _writer.DisposeAsync();
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private static SqliteFile Make(string file)
    {
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
        return new SqliteFile(file, connectionString);
    }

    private static SqliteSession Connect(string connectionString, bool isWriter)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var pragmas = connection.CreateCommand();

        // Keys are random, so the writer touches pages everywhere: it keeps many (64 MiB). WriteAheadLog brings them home.
        pragmas.CommandText = isWriter
            ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=0;"
            : "PRAGMA query_only=ON; PRAGMA busy_timeout=5000;";
        pragmas.ExecuteNonQuery();
        return new SqliteSession(connection);
    }
}
