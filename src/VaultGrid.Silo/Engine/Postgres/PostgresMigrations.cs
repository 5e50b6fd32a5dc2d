using Npgsql;

namespace VaultGrid.Silo.Engine.Postgres;

/// <summary>Brings a grid's PostgreSQL database up to date.</summary>
public static class PostgresMigrations
{
    // Any constant that other programs are unlikely to lock.
    private const long UpgradeLock = 0x5661756c744d6967;

    /// <summary>Applies the missing scripts, all of them or none, and gives their names. Silos that start at once wait for each other.</summary>
    /// <exception cref="InvalidOperationException">A newer program, or an edited script, has touched the database.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var known = PostgresMigration.All();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({UpgradeLock})", cancellationToken);
        await ExecuteAsync(
            connection,
            """
            CREATE TABLE IF NOT EXISTS vaultgrid_migration (
                number integer PRIMARY KEY,
                name text NOT NULL,
                digest text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """,
            cancellationToken);
        var done = await CheckDoneAsync(connection, known, cancellationToken);
        var applied = new List<string>();
        foreach (var migration in known.Skip(done))
        {
            await ExecuteAsync(connection, migration.Script, cancellationToken);
            await using var record = new NpgsqlCommand("INSERT INTO vaultgrid_migration (number, name, digest) VALUES ($1, $2, $3)", connection);
            record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Number });
            record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
            record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Digest });
            await record.ExecuteNonQueryAsync(cancellationToken);
            applied.Add(migration.Name);
        }

        await transaction.CommitAsync(cancellationToken);
        return applied;
    }

    private static async Task<int> CheckDoneAsync(
        NpgsqlConnection connection, IReadOnlyList<PostgresMigration> known, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT number, name, digest FROM vaultgrid_migration ORDER BY number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var done = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (done >= known.Count)
            {
                throw new InvalidOperationException($"The database has '{reader.GetString(1)}' applied, which this program does not know: it is older.");
            }

            if (reader.GetInt32(0) != known[done].Number || reader.GetString(2) != known[done].Digest)
            {
                throw new InvalidOperationException(
                    $"The database has '{reader.GetString(1)}' applied, but with another text than this program's '{known[done].Name}'.");
            }

            done++;
        }

        return done;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Scripts carried in this assembly, and constants.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
