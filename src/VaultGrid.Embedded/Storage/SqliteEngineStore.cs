using Orleans.Runtime;
using Orleans.Storage;
using VaultGrid.Embedded.Reminders;
using VaultGrid.Embedded.State;

namespace VaultGrid.Embedded.Storage;

/// <summary>Grain state and reminders in a SQLite file.</summary>
internal sealed class SqliteEngineStore(string file) : IGrainStateStore, IReminderStore, IStorageLifetime
{
    private static readonly string[] Schema =
    [
        """
        CREATE TABLE grain_state (
            grain TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            payload BLOB,
            PRIMARY KEY (grain, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reminder (
            grain TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL,
            period_ticks INTEGER NOT NULL,
            PRIMARY KEY (grain, name)
        ) STRICT, WITHOUT ROWID;
        """,

        // A payload of a few kilobytes stays in its page beside others, and new ones come after each other; the tree of names is small.
        """
        CREATE TABLE grain_state_by_row (
            row INTEGER PRIMARY KEY,
            grain TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            payload BLOB,
            UNIQUE (grain, name)
        ) STRICT;
        INSERT INTO grain_state_by_row (grain, name, version, payload) SELECT grain, name, version, payload FROM grain_state;
        DROP TABLE grain_state;
        ALTER TABLE grain_state_by_row RENAME TO grain_state;
        """,
    ];

    private SqliteDatabase? _database;

    private SqliteDatabase Database => _database ?? throw new SiloUnavailableException("The engine's store is not open.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _database = SqliteDatabase.Open(file);
        await SqliteSchema.UpgradeAsync(_database, "engine", Schema);
    }

    public async Task StopAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    public ValueTask<StoredRecord?> ReadAsync(StateKey key, CancellationToken cancellationToken) => new(Database.Read(session => Find(session, key)));

    public Task<long> WriteAsync(StateKey key, byte[]? payload, long? expectedVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var grain = key.Grain.ToString();
        return Database.WriteAsync(session =>
        {
            var version = (expectedVersion ?? 0) + 1;
            var changed = expectedVersion is null
                ? session.Change(
                    "INSERT INTO grain_state (grain, name, version, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                    grain, key.StateName, version, payload)
                : session.Change(
                    "UPDATE grain_state SET version = ?3, payload = ?4 WHERE grain = ?1 AND name = ?2 AND version = ?5",
                    grain, key.StateName, version, payload, expectedVersion);
            return changed == 1
                ? version
                : throw new InconsistentStateException(Find(session, key)?.Version.ToString(Invariant), expectedVersion?.ToString(Invariant), null);
        });
    }

    public Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Database.Read<IReadOnlyList<ReminderRow>>(session =>
        {
            var rows = new List<ReminderRow>();
            using var reader = session.Command("SELECT grain, name, start_ticks, period_ticks, version FROM reminder").ExecuteReader();
            while (reader.Read())
            {
                rows.Add(new ReminderRow(
                    GrainId.Parse(reader.GetString(0)),
                    reader.GetString(1),
                    new DateTime(reader.GetInt64(2), DateTimeKind.Utc),
                    TimeSpan.FromTicks(reader.GetInt64(3)),
                    reader.GetInt64(4)));
            }

            return rows;
        }));

    public Task<ReminderRow> UpsertAsync(ReminderRow row, CancellationToken cancellationToken) => Database.WriteAsync(session =>
    {
        var version = session.Command(
            """
            INSERT INTO reminder (grain, name, version, start_ticks, period_ticks) VALUES ($grain, $name, 1, $start, $period)
            ON CONFLICT (grain, name) DO UPDATE SET
                version = version + 1, start_ticks = excluded.start_ticks, period_ticks = excluded.period_ticks
            RETURNING version
            """,
            ("$grain", row.Grain.ToString()), ("$name", row.Name), ("$start", row.StartAt.Ticks), ("$period", row.Period.Ticks)).ExecuteScalar();
        return row with { Version = (long)version! };
    });

    public Task<bool> RemoveAsync(GrainId grain, string name, long version, CancellationToken cancellationToken) =>
        Database.WriteAsync(session => session.Command(
            "DELETE FROM reminder WHERE grain = $grain AND name = $name AND version = $version",
            ("$grain", grain.ToString()), ("$name", name), ("$version", version)).ExecuteNonQuery() == 1);

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static StoredRecord? Find(SqliteSession session, StateKey key) => session.First(
        "SELECT payload, version FROM grain_state WHERE grain = ?1 AND name = ?2",
        static row => new StoredRecord(row.Bytes(0), row.Number(1)),
        key.Grain.ToString(), key.StateName);
}
