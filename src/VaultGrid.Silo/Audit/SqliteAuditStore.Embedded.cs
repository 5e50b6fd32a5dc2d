using VaultGrid.Embedded.Storage;
using VaultGrid.Grains;
using VaultGrid.Grains.Audit;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.Audit;

/// <summary>Merged audit logs in a SQLite file of their own: their commits are none of the grains' business.</summary>
internal sealed class SqliteAuditStore(string file) : SqliteTables(file, "audit_log", Steps), IAuditStore
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE audit_log (
            cluster INTEGER PRIMARY KEY,
            size INTEGER NOT NULL,
            edge BLOB NOT NULL
        ) STRICT;
        CREATE TABLE audit_chain (
            cluster INTEGER NOT NULL,
            chain BLOB NOT NULL,
            node INTEGER NOT NULL,
            certificate BLOB NOT NULL,
            number INTEGER NOT NULL,
            hash BLOB NOT NULL,
            finding TEXT,
            PRIMARY KEY (cluster, chain)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE audit_batch (
            cluster INTEGER NOT NULL,
            position INTEGER NOT NULL,
            chain BLOB NOT NULL,
            number INTEGER NOT NULL,
            batch BLOB NOT NULL,
            PRIMARY KEY (cluster, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE audit_tree (
            cluster INTEGER NOT NULL,
            level INTEGER NOT NULL,
            place INTEGER NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (cluster, level, place)
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    public Task<StoredAuditLog> LoadAsync(ClusterId cluster, CancellationToken cancellationToken) => Task.FromResult(Database.Read(session =>
    {
        var (size, edge) = (0ul, (IReadOnlyList<Hash256>)[]);
        using (var log = session.Command("SELECT size, edge FROM audit_log WHERE cluster = $cluster", ("$cluster", (long)cluster.Number)).ExecuteReader())
        {
            if (log.Read()) (size, edge) = ((ulong)log.GetInt64(0), AuditRows.ReadHashes(log.GetFieldValue<byte[]>(1)));
        }

        var chains = new List<AuditChainReport>();
        using var reader = session.Command(
            "SELECT chain, node, certificate, number, hash, finding FROM audit_chain WHERE cluster = $cluster", ("$cluster", (long)cluster.Number)).ExecuteReader();
        while (reader.Read())
        {
            chains.Add(new AuditChainReport(
                new NodeId(cluster, (uint)reader.GetInt64(1)), new Hash256(reader.GetFieldValue<byte[]>(0)), reader.GetFieldValue<byte[]>(2),
                (ulong)reader.GetInt64(3), new Hash256(reader.GetFieldValue<byte[]>(4)), reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return new StoredAuditLog(size, edge, chains);
    }));

    public Task<bool> AppendAsync(ClusterId cluster, AuditAppend append, CancellationToken cancellationToken) => Database.WriteAsync(session =>
    {
        var number = ("$cluster", (object?)(long)cluster.Number);
        var size = session.Command("SELECT size FROM audit_log WHERE cluster = $cluster", number).ExecuteScalar() is long known ? (ulong)known : 0;
        if (size != append.Before) return false;
        session.Command(
            "INSERT INTO audit_log (cluster, size, edge) VALUES ($cluster, $size, $edge) ON CONFLICT (cluster) DO UPDATE SET size = excluded.size, edge = excluded.edge",
            number, ("$size", (long)append.Size), ("$edge", AuditRows.Write(append.Edge))).ExecuteNonQuery();
        foreach (var batch in append.Batches)
        {
            session.Command(
                "INSERT INTO audit_batch (cluster, position, chain, number, batch) VALUES ($cluster, $position, $chain, $number, $batch)",
                number, ("$position", (long)batch.Position), ("$chain", batch.Chain.ToArray()), ("$number", (long)batch.Number), ("$batch", AuditRows.Write(batch.Batch))).ExecuteNonQuery();
        }

        foreach (var (level, place, hash) in append.Nodes)
        {
            session.Command(
                "INSERT INTO audit_tree (cluster, level, place, hash) VALUES ($cluster, $level, $place, $hash)",
                number, ("$level", (long)level), ("$place", (long)place), ("$hash", hash.ToArray())).ExecuteNonQuery();
        }

        foreach (var chain in append.Chains) Keep(session, number, chain);
        return true;
    });

    public Task<IReadOnlyList<StoredAuditBatch>> ReadAsync(ClusterId cluster, ulong position, int entries, CancellationToken cancellationToken) =>
        Task.FromResult(Database.Read<IReadOnlyList<StoredAuditBatch>>(session =>
        {
            using var reader = session.Command(
                """
                SELECT position, chain, number, batch FROM audit_batch
                WHERE cluster = $cluster AND position >= COALESCE((SELECT MAX(position) FROM audit_batch WHERE cluster = $cluster AND position <= $position), $position)
                ORDER BY position
                """,
                ("$cluster", (long)cluster.Number), ("$position", (long)position)).ExecuteReader();
            var found = new List<StoredAuditBatch>();
            for (var left = (long)entries; left > 0 && reader.Read();)
            {
                var batch = AuditRows.Read(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
                found.Add(batch);
                left -= batch.Batch.Entries.Count - Math.Max((long)position - (long)batch.Position, 0);
            }

            return found;
        }));

    public Task<IReadOnlyList<Hash256>> NodesAsync(ClusterId cluster, int level, ulong first, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Database.Read<IReadOnlyList<Hash256>>(session =>
        {
            using var reader = session.Command(
                "SELECT hash FROM audit_tree WHERE cluster = $cluster AND level = $level AND place >= $first ORDER BY place LIMIT $count",
                ("$cluster", (long)cluster.Number), ("$level", (long)level), ("$first", (long)first), ("$count", (long)count)).ExecuteReader();
            var found = new List<Hash256>();
            while (reader.Read()) found.Add(new Hash256(reader.GetFieldValue<byte[]>(0)));
            return found;
        }));

    private static void Keep(SqliteSession session, (string, object?) cluster, AuditChainReport chain) => session.Command(
        """
        INSERT INTO audit_chain (cluster, chain, node, certificate, number, hash, finding) VALUES ($cluster, $chain, $node, $certificate, $number, $hash, $finding)
        ON CONFLICT (cluster, chain) DO UPDATE SET certificate = excluded.certificate, number = excluded.number, hash = excluded.hash, finding = excluded.finding
        """,
        cluster, ("$chain", chain.Chain.ToArray()), ("$node", (long)chain.Node.Index), ("$certificate", chain.Certificate.ToArray()), ("$number", (long)chain.Number),
        ("$hash", chain.Hash.ToArray()), ("$finding", chain.Finding)).ExecuteNonQuery();
}
