using Npgsql;
using Orleans.Storage;
using VaultGrid.Grains;
using VaultGrid.Grains.Trusts;
using VaultGrid.Silo.Engine.Postgres;

namespace VaultGrid.Silo.Catalogue;

/// <summary>The catalogue in PostgreSQL (<c>silo-config/postgres</c> has the tables).</summary>
internal sealed class PostgresTrustCatalogue(string connection, IGrainStorageSerializer serializer) : ITrustCatalogue, IHostedService, IAsyncDisposable
{
    private readonly CatalogueRows _rows = new(serializer);
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public bool FollowsState => false;

    public Task StartAsync(CancellationToken cancellationToken) => PostgresMigrations.ApplyAsync(connection, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public async Task SaveTrustAsync(TrustReport trust, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            """
            WITH written AS (
                INSERT INTO trust_catalogue (trust, chain, state, changed, report) VALUES (@trust, @chain, @state, @changed, @report)
                ON CONFLICT (trust) DO UPDATE SET state = excluded.state, changed = excluded.changed, report = excluded.report
                WHERE excluded.changed >= trust_catalogue.changed
                RETURNING position)
            INSERT INTO trust_operator (operator, position) SELECT named, position FROM written, unnest(@operators) named ON CONFLICT DO NOTHING
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]>("trust", trust.Trust.ToArray()));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("chain", CatalogueMark.Bytes(trust.Chain)));
        command.Parameters.Add(new NpgsqlParameter<int>("state", (int)trust.State));
        command.Parameters.Add(new NpgsqlParameter<long>("changed", trust.Changed.UtcTicks));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("report", _rows.Of(trust)));
        command.Parameters.Add(new NpgsqlParameter<string[]>("operators", [.. trust.Operators]));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Outcome<TrustPage>> ListTrustsAsync(TrustListing query, CancellationToken cancellationToken)
    {
        if (!CatalogueMark.Below(query).Is(out var below, out var refusal)) return refusal;
        var rows = await ReadAsync(
            CatalogueSql.Trusts(query, '@'), CatalogueSql.Parameters(query, below), row => (row.GetInt64(0), _rows.Read<TrustReport>(row.GetFieldValue<byte[]>(1))), cancellationToken);
        return CataloguePages.Page(rows, query.Limit);
    }

    public async Task SaveDomainAsync(DomainReport domain, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        var before = await BeforeAsync(session, domain, cancellationToken);
        if (before is { } known && known.Revision > (long)domain.Revision) return;

        await using var update = new NpgsqlCommand(
            "UPDATE domain_catalogue SET trust_number = @number, revision = @revision, retired = @retired, report = @report WHERE domain = @domain", session);
        Fill(update, domain);
        update.Parameters["report"].Value = _rows.Of(domain);
        await update.ExecuteNonQueryAsync(cancellationToken);
        var (from, to) = (before is { } old ? CatalogueRows.Counted(old.Retired, old.Number) : null, CatalogueRows.Counted(domain.Retired, (long)domain.TrustNumber));
        if (from != to)
        {
            if (from is { } less) await CountAsync(session, domain.Chain, less, -1, cancellationToken);
            if (to is { } more) await CountAsync(session, domain.Chain, more, 1, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<Outcome<DomainPage>> ListDomainsAsync(DomainListing query, CancellationToken cancellationToken)
    {
        if (!CatalogueMark.Above(query).Is(out var above, out var refusal)) return refusal;
        var rows = await ReadAsync(
            CatalogueSql.Domains(query, '@'), CatalogueSql.Parameters(query, above),
            row => (row.GetInt64(0), row.GetInt64(1), _rows.Read<DomainReport>(row.GetFieldValue<byte[]>(2))), cancellationToken);
        return CataloguePages.Page(query, rows);
    }

    public async Task<(long All, long Below)> CountDomainsAsync(TrustId chain, ulong number, CancellationToken cancellationToken) => (await ReadAsync(
        "SELECT coalesce(sum(domains), 0)::bigint, coalesce(sum(domains) FILTER (WHERE trust_number < @number), 0)::bigint FROM domain_count WHERE chain = @chain",
        [("chain", CatalogueMark.Bytes(chain)), ("number", (long)number)],
        row => (row.GetInt64(0), row.GetInt64(1)),
        cancellationToken))[0];

    public async Task SaveHsmKeyAsync(HsmKeyReport key, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "INSERT INTO hsm_key VALUES (@cluster, @node, @chain, @report) ON CONFLICT (cluster, node, chain) DO UPDATE SET report = excluded.report");
        command.Parameters.Add(new NpgsqlParameter<long>("cluster", key.Node.Cluster.Number));
        command.Parameters.Add(new NpgsqlParameter<long>("node", key.Node.Index));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("chain", CatalogueMark.Bytes(key.Chain)));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("report", _rows.Of(key)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Outcome<HsmKeyPage>> ListHsmKeysAsync(TrustId? chain, string? after, int limit, CancellationToken cancellationToken)
    {
        if (!CatalogueMark.Above(chain, after, limit).Is(out var above, out var refusal)) return refusal;
        var rows = await ReadAsync(
            CatalogueSql.HsmKeys(chain is not null, '@'),
            [("cluster", above.Cluster), ("node", above.Node), ("chain", above.Chain), ("limit", limit + 1)],
            row => _rows.Read<HsmKeyReport>(row.GetFieldValue<byte[]>(0)),
            cancellationToken);
        return CataloguePages.Page(rows, limit);
    }

    public async Task SaveOperatorAsync(OperatorReport operatorReport, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            """
            INSERT INTO trust_operator_key VALUES (@identity, @key, @until, @report)
            ON CONFLICT (identity, key) DO UPDATE SET not_after = excluded.not_after, report = excluded.report WHERE excluded.not_after > trust_operator_key.not_after
            """);
        command.Parameters.Add(new NpgsqlParameter<string>("identity", operatorReport.Identity));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("key", operatorReport.Key.ToArray()));
        command.Parameters.Add(new NpgsqlParameter<long>("until", operatorReport.NotAfter.UtcTicks));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("report", _rows.Of(operatorReport)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Outcome<OperatorPage>> ListOperatorsAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        if (!CatalogueMark.Above(after, limit).Is(out var above, out var refusal)) return refusal;
        var rows = await ReadAsync(
            CatalogueSql.Operators('@'), [("identity", above.Identity), ("key", above.Key), ("limit", limit + 1)], row => _rows.Read<OperatorReport>(row.GetFieldValue<byte[]>(0)), cancellationToken);
        return CataloguePages.Page(rows, limit);
    }

    // The row as it was, locked; a new one is there from here on and was not before.
    private static async Task<(long Number, long Revision, bool Retired)?> BeforeAsync(NpgsqlConnection session, DomainReport domain, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO domain_catalogue (domain, chain, trust_number, owner, revision, retired, report)
            VALUES (@domain, @chain, @number, @owner, @revision, @retired, @report) ON CONFLICT (domain) DO NOTHING
            """,
            session);
        Fill(insert, domain);
        insert.Parameters.Add(new NpgsqlParameter<byte[]>("chain", CatalogueMark.Bytes(domain.Chain)));
        insert.Parameters.Add(new NpgsqlParameter<string>("owner", domain.Owner));
        insert.Parameters["report"].Value = Array.Empty<byte>();
        if (await insert.ExecuteNonQueryAsync(cancellationToken) == 1) return null;

        await using var select = new NpgsqlCommand("SELECT trust_number, revision, retired FROM domain_catalogue WHERE domain = @domain FOR UPDATE", session);
        select.Parameters.Add(new NpgsqlParameter<byte[]>("domain", domain.Domain.Value.ToByteArray(bigEndian: true)));
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2) == 1) : null;
    }

    private static async Task CountAsync(NpgsqlConnection session, TrustId chain, long number, long by, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO domain_count VALUES (@chain, @number, @by) ON CONFLICT (chain, trust_number) DO UPDATE SET domains = domain_count.domains + excluded.domains", session);
        command.Parameters.Add(new NpgsqlParameter<byte[]>("chain", CatalogueMark.Bytes(chain)));
        command.Parameters.Add(new NpgsqlParameter<long>("number", number));
        command.Parameters.Add(new NpgsqlParameter<long>("by", by));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Fill(NpgsqlCommand command, DomainReport domain)
    {
        command.Parameters.Add(new NpgsqlParameter<byte[]>("domain", domain.Domain.Value.ToByteArray(bigEndian: true)));
        command.Parameters.Add(new NpgsqlParameter<long>("number", (long)domain.TrustNumber));
        command.Parameters.Add(new NpgsqlParameter<long>("revision", (long)domain.Revision));
        command.Parameters.Add(new NpgsqlParameter<int>("retired", domain.Retired ? 1 : 0));
        command.Parameters.Add(new NpgsqlParameter("report", NpgsqlTypes.NpgsqlDbType.Bytea));
    }

    private async Task<List<T>> ReadAsync<T>(string sql, List<(string Name, object Value)> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Put together from constants; values are parameters.
        await using var command = _source.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }
}
