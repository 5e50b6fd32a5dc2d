using System.Globalization;
using Npgsql;

namespace VaultGrid.Embedded.Storage;

/// <summary>The embedded engine's own tables in PostgreSQL, brought up to date step by step.</summary>
internal static class PostgresEngineSchema
{
    // Any constant that other programs are unlikely to lock.
    private const long UpgradeLock = 0x5661756c74477264;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE vaultgrid_state (
            service text NOT NULL,
            grain text NOT NULL,
            name text NOT NULL,
            version bigint NOT NULL,
            payload bytea,
            PRIMARY KEY (service, grain, name)
        );
        CREATE TABLE vaultgrid_reminder (
            service text NOT NULL,
            grain text NOT NULL,
            name text NOT NULL,
            version bigint NOT NULL,
            start_ticks bigint NOT NULL,
            period_ticks bigint NOT NULL,
            PRIMARY KEY (service, grain, name)
        );
        """,
    ];

    /// <exception cref="InvalidOperationException">The database was written by a newer version.</exception>
    public static async Task UpgradeAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({UpgradeLock})", cancellationToken);
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS vaultgrid_schema (version integer NOT NULL)", cancellationToken);
        var done = Convert.ToInt32(
            await ExecuteAsync(connection, "SELECT coalesce(max(version), 0) FROM vaultgrid_schema", cancellationToken), CultureInfo.InvariantCulture);
        if (done > Steps.Length)
        {
            throw new InvalidOperationException(
                $"The database has version {done} of the engine's tables, this program knows {Steps.Length}: it was written by a newer one.");
        }

        for (var step = done; step < Steps.Length; step++)
        {
            await ExecuteAsync(connection, Steps[step], cancellationToken);
            await ExecuteAsync(
                connection, $"INSERT INTO vaultgrid_schema VALUES ({(step + 1).ToString(CultureInfo.InvariantCulture)})", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants of this class.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
