using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VaultGrid.Embedded.Storage;

/// <summary>A connection with its prepared statements. Not thread-safe.</summary>
public sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly Dictionary<string, sqlite3_stmt> _statements = [];

    internal SqliteSession(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>How many pages this connection has written to the log since it was opened.</summary>
    internal long PagesWritten
    {
        get
        {
            Check(raw.sqlite3_db_status(Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 0));
            return written;
        }
    }

    private sqlite3 Handle => Connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteSession));

    /// <summary>The statement, prepared once, with its parameters set anew to the given values (null is NULL).</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of their callers; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            _commands.Add(sql, command);
        }

        // The same statement has the same parameters in the same order.
        for (var at = command.Parameters.Count; at < parameters.Length; at++)
        {
            command.Parameters.Add(new SqliteParameter(parameters[at].Name, null));
        }

        for (var at = 0; at < parameters.Length; at++)
        {
            command.Parameters[at].Value = parameters[at].Value ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>Runs one statement without rows, prepared once, straight at the library: for what is written with every request.</summary>
    /// <param name="sql">A constant, with parameters <c>?1</c>, <c>?2</c> …</param>
    /// <param name="values">Their values.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">The library refused.</exception>
    public int Change(string sql, params ReadOnlySpan<SqliteValue> values)
    {
        var statement = Bound(sql, values);
        try
        {
            Step(statement);
            return raw.sqlite3_changes(Handle);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Reads the first row of a statement, prepared once, straight at the library; null where there is none.</summary>
    /// <param name="sql">A constant, with parameters <c>?1</c>, <c>?2</c> …</param>
    /// <param name="read">Reads the row.</param>
    /// <param name="values">The parameters' values.</param>
    /// <exception cref="SqliteException">The library refused.</exception>
    public TRow? First<TRow>(string sql, Func<SqliteColumns, TRow> read, params ReadOnlySpan<SqliteValue> values)
        where TRow : struct
    {
        ArgumentNullException.ThrowIfNull(read);
        var statement = Bound(sql, values);
        try
        {
            return Step(statement) ? read(new SqliteColumns(statement)) : null;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }

    private sqlite3_stmt Bound(string sql, ReadOnlySpan<SqliteValue> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _statements.Add(sql, statement);
        }

        for (var at = 0; at < values.Length; at++)
        {
            Check(Bind(statement, at + 1, values[at]));
        }

        return statement;
    }

    private static int Bind(sqlite3_stmt statement, int place, SqliteValue value) => value.Reference switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        string text => raw.sqlite3_bind_text(statement, place, text),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => raw.sqlite3_bind_int64(statement, place, value.Number),
    };

    // True where there is a row.
    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, Handle);
}
