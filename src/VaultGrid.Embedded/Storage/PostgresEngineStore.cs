using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Orleans.Runtime;
using Orleans.Storage;
using VaultGrid.Embedded.Reminders;
using VaultGrid.Embedded.State;

namespace VaultGrid.Embedded.Storage;

/// <summary>Grain state and reminders in PostgreSQL.</summary>
internal sealed class PostgresEngineStore(string connection, string serviceId) : IGrainStateStore, IReminderStore, IStorageLifetime, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public Task StartAsync(CancellationToken cancellationToken) => PostgresEngineSchema.UpgradeAsync(_source, cancellationToken);

    public Task StopAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public async ValueTask<StoredRecord?> ReadAsync(StateKey key, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "SELECT payload, version FROM vaultgrid_state WHERE service = $1 AND grain = $2 AND name = $3", key.Grain, key.StateName);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredRecord(await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetFieldValue<byte[]>(0), reader.GetInt64(1))
            : null;
    }

    public async Task<long> WriteAsync(StateKey key, byte[]? payload, long? expectedVersion, CancellationToken cancellationToken)
    {
        await using var command = Command(
            expectedVersion is null
                ? """
                  INSERT INTO vaultgrid_state (service, grain, name, payload, version) VALUES ($1, $2, $3, $4, 1)
                  ON CONFLICT DO NOTHING RETURNING version
                  """
                : """
                  UPDATE vaultgrid_state SET payload = $4, version = version + 1
                  WHERE service = $1 AND grain = $2 AND name = $3 AND version = $5 RETURNING version
                  """,
            key.Grain,
            key.StateName);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)payload ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        if (expectedVersion is { } expected)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
        }

        return await command.ExecuteScalarAsync(cancellationToken) is long version
            ? version
            : throw new InconsistentStateException(
                (await ReadAsync(key, cancellationToken))?.Version.ToString(CultureInfo.InvariantCulture),
                expectedVersion?.ToString(CultureInfo.InvariantCulture),
                null);
    }

    public async Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "SELECT grain, name, start_ticks, period_ticks, version FROM vaultgrid_reminder WHERE service = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = serviceId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<ReminderRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ReminderRow(
                GrainId.Parse(reader.GetString(0)),
                reader.GetString(1),
                new DateTime(reader.GetInt64(2), DateTimeKind.Utc),
                TimeSpan.FromTicks(reader.GetInt64(3)),
                reader.GetInt64(4)));
        }

        return rows;
    }

    public async Task<ReminderRow> UpsertAsync(ReminderRow row, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            INSERT INTO vaultgrid_reminder (service, grain, name, start_ticks, period_ticks, version) VALUES ($1, $2, $3, $4, $5, 1)
            ON CONFLICT (service, grain, name) DO UPDATE SET
                start_ticks = excluded.start_ticks, period_ticks = excluded.period_ticks, version = vaultgrid_reminder.version + 1
            RETURNING version
            """,
            row.Grain,
            row.Name);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.StartAt.Ticks });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Period.Ticks });
        return row with { Version = (long)(await command.ExecuteScalarAsync(cancellationToken))! };
    }

    public async Task<bool> RemoveAsync(GrainId grain, string name, long version, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "DELETE FROM vaultgrid_reminder WHERE service = $1 AND grain = $2 AND name = $3 AND version = $4", grain, name);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private NpgsqlCommand Command(string sql, GrainId grain, string name)
    {
        var command = _source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = serviceId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain.ToString() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return command;
    }
}
