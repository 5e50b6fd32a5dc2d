using Npgsql;
using Orleans.Storage;
using VaultGrid.Grains;
using VaultGrid.Grains.Approvals;
using VaultGrid.Silo.Engine.Postgres;

namespace VaultGrid.Silo.History;

/// <summary>The request history in PostgreSQL (<c>silo-config/postgres</c> has the table).</summary>
internal sealed class PostgresRequestHistory(string connection, IGrainStorageSerializer serializer) : IRequestHistory, IHostedService, IAsyncDisposable
{
    // The row that was there is locked before it is replaced, so that a signing is counted once.
    private const string SaveSql =
        """
        WITH before AS (SELECT state FROM request_history WHERE request_id = @id FOR UPDATE),
        written AS (
            INSERT INTO request_history (request_id, cluster, state, caller, changed, expires, report)
            VALUES (@id, @cluster, @state, @caller, @changed, @expires, @report)
            ON CONFLICT (request_id) DO UPDATE SET state = excluded.state, changed = excluded.changed, report = excluded.report
            WHERE excluded.changed >= request_history.changed
            RETURNING position),
        others AS (INSERT INTO request_cluster (cluster, position) SELECT other, position FROM written, unnest(@others) other ON CONFLICT DO NOTHING),
        owners AS (INSERT INTO request_customer (customer, position) SELECT customer, position FROM written, unnest(@customers) customer ON CONFLICT DO NOTHING)
        INSERT INTO key_usage (cluster, key, signatures)
        SELECT @cluster, @key, 1 FROM written WHERE @key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM before WHERE state = @done)
        ON CONFLICT (cluster, key) DO UPDATE SET signatures = key_usage.signatures + 1
        """;

    private const string OpenSql =
        """
        SELECT request_id FROM request_history
        WHERE state = 0 AND expires < @before
        AND (cluster = @cluster OR EXISTS (SELECT 1 FROM request_cluster other WHERE other.cluster = @cluster AND other.position = request_history.position))
        ORDER BY expires LIMIT @limit
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public Task StartAsync(CancellationToken cancellationToken) => PostgresMigrations.ApplyAsync(connection, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public async Task SaveAsync(RequestReport request, CancellationToken cancellationToken)
    {
        var row = HistoryRow.Of(request, serializer);
        await using var command = _source.CreateCommand(SaveSql);
        command.Parameters.Add(new NpgsqlParameter<Guid>("id", row.RequestId));
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", row.Cluster));
        command.Parameters.Add(new NpgsqlParameter<long[]>("others", row.Others));
        command.Parameters.Add(new NpgsqlParameter<string[]>("customers", row.Customers));
        command.Parameters.Add(new NpgsqlParameter<int>("state", row.State));
        command.Parameters.Add(new NpgsqlParameter<string>("caller", row.Caller));
        command.Parameters.Add(new NpgsqlParameter<long>("changed", row.Changed));
        command.Parameters.Add(new NpgsqlParameter<long>("expires", row.Expires));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("report", row.Report));
        command.Parameters.Add(new NpgsqlParameter("key", NpgsqlTypes.NpgsqlDbType.Bytea) { Value = row.SignedWith ?? (object)DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<int>("done", (int)RequestState.Done));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Outcome<HistoryPage>> ListAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        if (HistoryPosition.TryStart(query, out var below).Refusal is { } refusal) return refusal;
#pragma warning disable CA2100 // Put together from constants; values are parameters.
        await using var command = _source.CreateCommand(HistorySelect.Sql(query, '@'));
#pragma warning restore CA2100
        foreach (var (name, value) in HistorySelect.Parameters(query, below)) command.Parameters.AddWithValue(name, value);

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(long, RequestReport)>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add((reader.GetInt64(0), HistoryRow.Read(reader.GetFieldValue<byte[]>(1), serializer)));
        return HistoryPosition.Page(rows, query.Limit);
    }

    public async Task<IReadOnlyList<RequestId>> ListOpenAsync(ClusterId cluster, DateTimeOffset expiringBefore, int limit, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(OpenSql);
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        command.Parameters.Add(new NpgsqlParameter<long>("before", expiringBefore.UtcTicks));
        command.Parameters.Add(new NpgsqlParameter<int>("limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<RequestId>();
        while (await reader.ReadAsync(cancellationToken)) found.Add(new RequestId(reader.GetGuid(0)));
        return found;
    }

    public async Task<long> CountSignaturesAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("SELECT signatures FROM key_usage WHERE cluster = @cluster AND key = @key");
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("key", key.ToArray()));
        return await command.ExecuteScalarAsync(cancellationToken) is long count ? count : 0;
    }
}
