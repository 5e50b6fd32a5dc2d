using SQLitePCL;

namespace VaultGrid.Embedded.Storage;

/// <summary>The columns of one row, counted from 0. Valid while the row is read.</summary>
#pragma warning disable CA1815 // Handed over and forgotten.
public readonly struct SqliteColumns
#pragma warning restore CA1815
{
    private readonly sqlite3_stmt _statement;

    internal SqliteColumns(sqlite3_stmt statement) => _statement = statement;

    /// <summary>A number.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Bytes; null where there are none.</summary>
    public byte[]? Bytes(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_blob(_statement, column).ToArray();
}
