using Npgsql;
using VaultGrid.Grains;
using VaultGrid.Grains.Audit;
using VaultGrid.Silo.Engine.Postgres;

namespace VaultGrid.Silo.Audit;

/// <summary>Merged audit logs in PostgreSQL (<c>silo-config/postgres</c> has the tables).</summary>
internal sealed class PostgresAuditStore(string connection) : IAuditStore, IHostedService, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public Task StartAsync(CancellationToken cancellationToken) => PostgresMigrations.ApplyAsync(connection, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public async Task<StoredAuditLog> LoadAsync(ClusterId cluster, CancellationToken cancellationToken)
    {
        var (size, edge) = (0ul, (IReadOnlyList<Hash256>)[]);
        await using var command = _source.CreateCommand("SELECT size, edge FROM audit_log WHERE cluster = @cluster");
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        await using (var log = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await log.ReadAsync(cancellationToken)) (size, edge) = ((ulong)log.GetInt64(0), AuditRows.ReadHashes(log.GetFieldValue<byte[]>(1)));
        }

        await using var ask = _source.CreateCommand("SELECT chain, node, certificate, number, hash, finding FROM audit_chain WHERE cluster = @cluster");
        ask.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        await using var reader = await ask.ExecuteReaderAsync(cancellationToken);
        var chains = new List<AuditChainReport>();
        while (await reader.ReadAsync(cancellationToken))
        {
            chains.Add(new AuditChainReport(
                new NodeId(cluster, (uint)reader.GetInt64(1)), new Hash256(reader.GetFieldValue<byte[]>(0)), reader.GetFieldValue<byte[]>(2),
                (ulong)reader.GetInt64(3), new Hash256(reader.GetFieldValue<byte[]>(4)), await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetString(5)));
        }

        return new StoredAuditLog(size, edge, chains);
    }

    public async Task<bool> AppendAsync(ClusterId cluster, AuditAppend append, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await session.BeginTransactionAsync(cancellationToken);

        // The row is made before it is locked, so that two that begin a log at once meet at it.
        await RunAsync(session, "INSERT INTO audit_log (cluster, size, edge) VALUES (@cluster, 0, '') ON CONFLICT DO NOTHING", cluster, [], cancellationToken);
        var moved = await RunAsync(
            session, "UPDATE audit_log SET size = @size, edge = @edge WHERE cluster = @cluster AND size = @before", cluster,
            [Long("size", append.Size), Bytes("edge", AuditRows.Write(append.Edge)), Long("before", append.Before)], cancellationToken);
        if (moved == 0) return false;
        foreach (var batch in append.Batches)
        {
            await RunAsync(
                session, "INSERT INTO audit_batch (cluster, position, chain, number, batch) VALUES (@cluster, @position, @chain, @number, @batch)", cluster,
                [Long("position", batch.Position), Bytes("chain", batch.Chain.ToArray()), Long("number", batch.Number), Bytes("batch", AuditRows.Write(batch.Batch))], cancellationToken);
        }

        foreach (var (level, place, hash) in append.Nodes)
        {
            await RunAsync(
                session, "INSERT INTO audit_tree (cluster, level, place, hash) VALUES (@cluster, @level, @place, @hash)", cluster,
                [new NpgsqlParameter<int>("level", level), Long("place", place), Bytes("hash", hash.ToArray())], cancellationToken);
        }

        foreach (var chain in append.Chains) await KeepAsync(session, cluster, chain, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<StoredAuditBatch>> ReadAsync(ClusterId cluster, ulong position, int entries, CancellationToken cancellationToken)
    {
        // A batch has at least one entry, so more rows than entries are never needed.
        await using var command = _source.CreateCommand(
            """
            SELECT position, chain, number, batch FROM audit_batch
            WHERE cluster = @cluster AND position >= COALESCE((SELECT MAX(position) FROM audit_batch WHERE cluster = @cluster AND position <= @position), @position)
            ORDER BY position LIMIT @entries
            """);
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        command.Parameters.Add(Long("position", position));
        command.Parameters.Add(new NpgsqlParameter<int>("entries", entries));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<StoredAuditBatch>();
        for (var left = (long)entries; left > 0 && await reader.ReadAsync(cancellationToken);)
        {
            var batch = AuditRows.Read(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
            found.Add(batch);
            left -= batch.Batch.Entries.Count - Math.Max((long)position - (long)batch.Position, 0);
        }

        return found;
    }

    public async Task<IReadOnlyList<Hash256>> NodesAsync(ClusterId cluster, int level, ulong first, int count, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "SELECT hash FROM audit_tree WHERE cluster = @cluster AND level = @level AND place >= @first ORDER BY place LIMIT @count");
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        command.Parameters.Add(new NpgsqlParameter<int>("level", level));
        command.Parameters.Add(Long("first", first));
        command.Parameters.Add(new NpgsqlParameter<int>("count", count));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Hash256>();
        while (await reader.ReadAsync(cancellationToken)) found.Add(new Hash256(reader.GetFieldValue<byte[]>(0)));
        return found;
    }

    private static Task<int> KeepAsync(NpgsqlConnection session, ClusterId cluster, AuditChainReport chain, CancellationToken cancellationToken) => RunAsync(
        session,
        """
        INSERT INTO audit_chain (cluster, chain, node, certificate, number, hash, finding) VALUES (@cluster, @chain, @node, @certificate, @number, @hash, @finding)
        ON CONFLICT (cluster, chain) DO UPDATE SET certificate = excluded.certificate, number = excluded.number, hash = excluded.hash, finding = excluded.finding
        """,
        cluster,
        [
            Bytes("chain", chain.Chain.ToArray()), new NpgsqlParameter<long>("node", chain.Node.Index), Bytes("certificate", chain.Certificate.ToArray()),
            Long("number", chain.Number), Bytes("hash", chain.Hash.ToArray()),
            new NpgsqlParameter("finding", NpgsqlTypes.NpgsqlDbType.Text) { Value = chain.Finding ?? (object)DBNull.Value },
        ],
        cancellationToken);

    private static async Task<int> RunAsync(NpgsqlConnection session, string sql, ClusterId cluster, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Statements are constants of this class; values are parameters.
        await using var command = new NpgsqlCommand(sql, session);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", cluster.Number));
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<long> Long(string name, ulong value) => new(name, (long)value);

    private static NpgsqlParameter<byte[]> Bytes(string name, byte[] value) => new(name, value);
}
