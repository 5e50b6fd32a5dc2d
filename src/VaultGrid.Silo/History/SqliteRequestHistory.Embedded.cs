using Orleans.Storage;
using VaultGrid.Embedded.Storage;
using VaultGrid.Grains;
using VaultGrid.Grains.Approvals;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.History;

/// <summary>The request history in a SQLite file.</summary>
internal sealed class SqliteRequestHistory(string file, IGrainStorageSerializer serializer) : SqliteTables(file, "request_history", Steps), IRequestHistory
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE request_history (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            request_id TEXT NOT NULL UNIQUE,
            cluster INTEGER NOT NULL,
            state INTEGER NOT NULL,
            caller TEXT NOT NULL,
            changed INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            report BLOB NOT NULL
        ) STRICT;
        CREATE INDEX request_by_cluster ON request_history (cluster, position);
        CREATE INDEX request_by_state ON request_history (state, position);
        CREATE INDEX request_by_caller ON request_history (caller, position);
        CREATE INDEX request_by_cluster_and_state ON request_history (cluster, state, position);
        CREATE INDEX request_by_caller_and_state ON request_history (caller, state, position);
        CREATE INDEX request_open ON request_history (cluster, expires) WHERE state = 0;
        CREATE TABLE key_usage (
            cluster INTEGER NOT NULL,
            key BLOB NOT NULL,
            signatures INTEGER NOT NULL,
            PRIMARY KEY (cluster, key)
        ) STRICT, WITHOUT ROWID;
        """,

        // All but a few requests end as done: a search for those walks the index without the state, and only the few others are indexed by it.
        """
        DROP INDEX request_by_state;
        DROP INDEX request_by_cluster_and_state;
        DROP INDEX request_by_caller_and_state;
        CREATE INDEX request_by_state ON request_history (state, position) WHERE state <> 1;
        CREATE INDEX request_by_cluster_and_state ON request_history (cluster, state, position) WHERE state <> 1;
        CREATE INDEX request_by_caller_and_state ON request_history (caller, state, position) WHERE state <> 1;
        """,

        // The clusters that a request is of besides its first, those of rows that are there already among them; and whose request it was when it was filed.
        """
        CREATE TABLE request_cluster (
            cluster INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (cluster, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE request_customer (
            customer TEXT NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (customer, position)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO request_cluster (cluster, position)
        SELECT DISTINCT json_extract(shared.value, '$."0"'), request_history.position
        FROM request_history, json_each(CAST(request_history.report AS TEXT), '$.state."16"') shared
        WHERE json_extract(shared.value, '$."0"') <> request_history.cluster;
        DROP INDEX request_open;
        CREATE INDEX request_open ON request_history (expires) WHERE state = 0;
        """,
    ];

    private const string OpenSql =
        """
        SELECT request_id FROM request_history
        WHERE state = 0 AND expires < $before
        AND (cluster = $cluster OR EXISTS (SELECT 1 FROM request_cluster other WHERE other.cluster = $cluster AND other.position = request_history.position))
        ORDER BY expires LIMIT $limit
        """;

    public Task SaveAsync(RequestReport request, CancellationToken cancellationToken)
    {
        var row = HistoryRow.Of(request, serializer);
        return Database.WriteAsync(session => Save(session, row));
    }

    public Task<Outcome<HistoryPage>> ListAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        if (HistoryPosition.TryStart(query, out var below).Refusal is { } refusal) return Task.FromResult<Outcome<HistoryPage>>(refusal);
        var rows = Database.Read(session =>
        {
            using var reader = session.Command(HistorySelect.Sql(query, '$'), Parameters(HistorySelect.Parameters(query, below))).ExecuteReader();
            var found = new List<(long, RequestReport)>();
            while (reader.Read()) found.Add((reader.GetInt64(0), HistoryRow.Read(reader.GetFieldValue<byte[]>(1), serializer)));
            return found;
        });
        return Task.FromResult<Outcome<HistoryPage>>(HistoryPosition.Page(rows, query.Limit));
    }

    public Task<IReadOnlyList<RequestId>> ListOpenAsync(ClusterId cluster, DateTimeOffset expiringBefore, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Database.Read<IReadOnlyList<RequestId>>(session =>
        {
            using var reader = session.Command(
                OpenSql, ("$cluster", (long)cluster.Number), ("$before", expiringBefore.UtcTicks), ("$limit", limit)).ExecuteReader();
            var found = new List<RequestId>();
            while (reader.Read()) found.Add(RequestId.Parse(reader.GetString(0)));
            return found;
        }));

    public Task<long> CountSignaturesAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken) => Task.FromResult(
        Database.Read(session => (long)(session.Command(
            "SELECT signatures FROM key_usage WHERE cluster = $cluster AND key = $key",
            ("$cluster", (long)cluster.Number), ("$key", key.ToArray())).ExecuteScalar() ?? 0L)));

    private static bool Save(SqliteSession session, HistoryRow row)
    {
        var id = row.RequestId.ToString("D");

        // Most rows are new, and nothing is looked for before.
        long? before = null;
        var written = session.Change(
            """
            INSERT INTO request_history (request_id, cluster, state, caller, changed, expires, report)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (request_id) DO NOTHING
            """,
            id, row.Cluster, row.State, row.Caller, row.Changed, row.Expires, row.Report);
        if (written == 1)
        {
            foreach (var other in row.Others) session.Change("INSERT INTO request_cluster (cluster, position) SELECT ?2, position FROM request_history WHERE request_id = ?1", id, other);
            foreach (var customer in row.Customers) session.Change("INSERT INTO request_customer (customer, position) SELECT ?2, position FROM request_history WHERE request_id = ?1", id, customer);
        }
        else
        {
            before = (long?)session.Command("SELECT state FROM request_history WHERE request_id = $id", ("$id", id)).ExecuteScalar();
            written = session.Change(
                "UPDATE request_history SET state = ?2, changed = ?3, report = ?4 WHERE request_id = ?1 AND ?3 >= changed",
                id, row.State, row.Changed, row.Report);
        }

        // Counted once, by the row's own move: writing the same row again counts nothing.
        if (written == 1 && row.SignedWith is { } key && before != (long)RequestState.Done)
        {
            session.Change(
                """
                INSERT INTO key_usage (cluster, key, signatures) VALUES (?1, ?2, 1)
                ON CONFLICT (cluster, key) DO UPDATE SET signatures = signatures + 1
                """,
                row.Cluster, key);
        }

        return written == 1;
    }

    private static (string Name, object? Value)[] Parameters(List<(string Name, object Value)> parameters) =>
        [.. parameters.Select(parameter => ("$" + parameter.Name, (object?)parameter.Value))];
}
