using Orleans.Storage;
using VaultGrid.Embedded.Storage;
using VaultGrid.Grains;
using VaultGrid.Grains.Trusts;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.Catalogue;

/// <summary>The catalogue in a SQLite file.</summary>
internal sealed class SqliteTrustCatalogue(string file, IGrainStorageSerializer serializer) : SqliteTables(file, "trust_catalogue", Steps), ITrustCatalogue
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE trust_catalogue (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            trust BLOB NOT NULL UNIQUE,
            chain BLOB NOT NULL,
            state INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            report BLOB NOT NULL
        ) STRICT;
        CREATE INDEX trust_by_chain ON trust_catalogue (chain, position);
        CREATE INDEX trust_by_state ON trust_catalogue (state, position);
        CREATE INDEX trust_by_chain_and_state ON trust_catalogue (chain, state, position);
        CREATE TABLE trust_operator (operator TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (operator, position)) STRICT, WITHOUT ROWID;
        CREATE TABLE trust_operator_key (identity TEXT NOT NULL, key BLOB NOT NULL, not_after INTEGER NOT NULL, report BLOB NOT NULL, PRIMARY KEY (identity, key)) STRICT, WITHOUT ROWID;
        CREATE TABLE hsm_key (
            cluster INTEGER NOT NULL,
            node INTEGER NOT NULL,
            chain BLOB NOT NULL,
            report BLOB NOT NULL,
            PRIMARY KEY (cluster, node, chain)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX hsm_key_by_chain ON hsm_key (chain, cluster, node);
        CREATE TABLE domain_catalogue (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            domain BLOB NOT NULL UNIQUE,
            chain BLOB NOT NULL,
            trust_number INTEGER NOT NULL,
            owner TEXT NOT NULL,
            revision INTEGER NOT NULL,
            retired INTEGER NOT NULL,
            report BLOB NOT NULL
        ) STRICT;
        CREATE INDEX domain_by_chain ON domain_catalogue (chain, position);
        CREATE INDEX domain_by_owner ON domain_catalogue (owner, position);
        CREATE INDEX domain_by_trust ON domain_catalogue (chain, trust_number, position) WHERE retired = 0;
        CREATE TABLE domain_count (chain BLOB NOT NULL, trust_number INTEGER NOT NULL, domains INTEGER NOT NULL, PRIMARY KEY (chain, trust_number)) STRICT, WITHOUT ROWID;
        """,
    ];

    private readonly CatalogueRows _rows = new(serializer);
    public bool FollowsState => true;

    public Task SaveTrustAsync(TrustReport trust, CancellationToken cancellationToken)
    {
        var report = _rows.Of(trust);
        return Database.WriteAsync(session =>
        {
            var written = session.Command(
                """
                INSERT INTO trust_catalogue (trust, chain, state, changed, report) VALUES ($trust, $chain, $state, $changed, $report)
                ON CONFLICT (trust) DO UPDATE SET state = excluded.state, changed = excluded.changed, report = excluded.report WHERE excluded.changed >= changed
                RETURNING position
                """,
                ("$trust", trust.Trust.ToArray()), ("$chain", CatalogueMark.Bytes(trust.Chain)), ("$state", (int)trust.State), ("$changed", trust.Changed.UtcTicks), ("$report", report)).ExecuteScalar();
            if (written is not long position) return false;
            foreach (var named in trust.Operators)
                session.Command("INSERT INTO trust_operator VALUES ($operator, $position) ON CONFLICT DO NOTHING", ("$operator", named), ("$position", position)).ExecuteNonQuery();
            return true;
        });
    }

    public Task<Outcome<TrustPage>> ListTrustsAsync(TrustListing query, CancellationToken cancellationToken) =>
        Task.FromResult(CatalogueMark.Below(query).Then<TrustPage>(below => CataloguePages.Page(
            Read(CatalogueSql.Trusts(query, '$'), CatalogueSql.Parameters(query, below), row => (row.GetInt64(0), _rows.Read<TrustReport>(row.GetFieldValue<byte[]>(1)))), query.Limit)));

    public Task SaveDomainAsync(DomainReport domain, CancellationToken cancellationToken)
    {
        var report = _rows.Of(domain);
        return Database.WriteAsync(session => Save(session, domain, report));
    }

    public Task<Outcome<DomainPage>> ListDomainsAsync(DomainListing query, CancellationToken cancellationToken) =>
        Task.FromResult(CatalogueMark.Above(query).Then<DomainPage>(above => CataloguePages.Page(query, Read(
            CatalogueSql.Domains(query, '$'), CatalogueSql.Parameters(query, above),
            row => (row.GetInt64(0), row.GetInt64(1), _rows.Read<DomainReport>(row.GetFieldValue<byte[]>(2)))))));

    public Task<(long All, long Below)> CountDomainsAsync(TrustId chain, ulong number, CancellationToken cancellationToken) => Task.FromResult(Read(
        "SELECT coalesce(sum(domains), 0), coalesce(sum(CASE WHEN trust_number < $number THEN domains ELSE 0 END), 0) FROM domain_count WHERE chain = $chain",
        [("chain", CatalogueMark.Bytes(chain)), ("number", (long)number)],
        row => (row.GetInt64(0), row.GetInt64(1)))[0]);

    public Task SaveHsmKeyAsync(HsmKeyReport key, CancellationToken cancellationToken)
    {
        var report = _rows.Of(key);
        return Database.WriteAsync(session => session.Command(
            "INSERT INTO hsm_key VALUES ($cluster, $node, $chain, $report) ON CONFLICT (cluster, node, chain) DO UPDATE SET report = excluded.report",
            ("$cluster", (long)key.Node.Cluster.Number), ("$node", (long)key.Node.Index), ("$chain", CatalogueMark.Bytes(key.Chain)), ("$report", report)).ExecuteNonQuery());
    }

    public Task<Outcome<HsmKeyPage>> ListHsmKeysAsync(TrustId? chain, string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(CatalogueMark.Above(chain, after, limit).Then<HsmKeyPage>(above => CataloguePages.Page(
            Read(
                CatalogueSql.HsmKeys(chain is not null, '$'),
                [("cluster", above.Cluster), ("node", above.Node), ("chain", above.Chain), ("limit", limit + 1)],
                row => _rows.Read<HsmKeyReport>(row.GetFieldValue<byte[]>(0))),
            limit)));

    public Task SaveOperatorAsync(OperatorReport operatorReport, CancellationToken cancellationToken)
    {
        var report = _rows.Of(operatorReport);
        return Database.WriteAsync(session => session.Command(
            """
            INSERT INTO trust_operator_key VALUES ($identity, $key, $until, $report)
            ON CONFLICT (identity, key) DO UPDATE SET not_after = excluded.not_after, report = excluded.report WHERE excluded.not_after > not_after
            """,
            ("$identity", operatorReport.Identity), ("$key", operatorReport.Key.ToArray()), ("$until", operatorReport.NotAfter.UtcTicks), ("$report", report)).ExecuteNonQuery());
    }

    public Task<Outcome<OperatorPage>> ListOperatorsAsync(string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(CatalogueMark.Above(after, limit).Then<OperatorPage>(above => CataloguePages.Page(
            Read(
                CatalogueSql.Operators('$'),
                [("identity", above.Identity), ("key", above.Key), ("limit", limit + 1)],
                row => _rows.Read<OperatorReport>(row.GetFieldValue<byte[]>(0))),
            limit)));

    private static bool Save(SqliteSession session, DomainReport domain, byte[] report)
    {
        var (id, chain, number, revision) = (domain.Domain.Value.ToByteArray(bigEndian: true), CatalogueMark.Bytes(domain.Chain), (long)domain.TrustNumber, (long)domain.Revision);
        (long Number, long Revision, bool Retired)? before = null;
        using (var reader = session.Command("SELECT trust_number, revision, retired FROM domain_catalogue WHERE domain = $domain", ("$domain", id)).ExecuteReader())
        {
            if (reader.Read()) before = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2) == 1);
        }

        if (before is { } known && known.Revision > revision) return false;
        session.Command(
            """
            INSERT INTO domain_catalogue (domain, chain, trust_number, owner, revision, retired, report) VALUES ($domain, $chain, $number, $owner, $revision, $retired, $report)
            ON CONFLICT (domain) DO UPDATE SET trust_number = excluded.trust_number, revision = excluded.revision, retired = excluded.retired, report = excluded.report
            """,
            ("$domain", id), ("$chain", chain), ("$number", number), ("$owner", domain.Owner), ("$revision", revision), ("$retired", domain.Retired ? 1 : 0), ("$report", report)).ExecuteNonQuery();

        var (from, to) = (before is { } old ? CatalogueRows.Counted(old.Retired, old.Number) : null, CatalogueRows.Counted(domain.Retired, number));
        if (from == to) return true;
        if (from is { } less) Count(session, chain, less, -1);
        if (to is { } more) Count(session, chain, more, 1);
        return true;
    }

    private static void Count(SqliteSession session, byte[] chain, long number, int by) => session.Command(
        "INSERT INTO domain_count VALUES ($chain, $number, $by) ON CONFLICT (chain, trust_number) DO UPDATE SET domains = domains + excluded.domains",
        ("$chain", chain), ("$number", number), ("$by", by)).ExecuteNonQuery();

    private List<T> Read<T>(string sql, List<(string Name, object Value)> parameters, Func<Microsoft.Data.Sqlite.SqliteDataReader, T> read) => Database.Read(session =>
    {
        using var reader = session.Command(sql, [.. parameters.Select(parameter => ("$" + parameter.Name, (object?)parameter.Value))]).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    });
}
