namespace VaultGrid.Embedded.Storage;

/// <summary>Brings a database up to date, one numbered step after the other, and remembers how far it got.</summary>
public static class SqliteSchema
{
    /// <summary>Applies the steps of <paramref name="component"/> that are still missing, all of them or none.</summary>
    /// <param name="database">The database.</param>
    /// <param name="component">Whose tables these are; each component counts its own steps.</param>
    /// <param name="steps">SQL scripts, oldest first. Steps are only ever added at the end.</param>
    /// <exception cref="InvalidOperationException">The database was written by a newer version.</exception>
    public static Task UpgradeAsync(SqliteDatabase database, string component, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.WriteAsync(session =>
        {
            session.Command("CREATE TABLE IF NOT EXISTS schema_version (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT")
                .ExecuteNonQuery();
            var done = Convert.ToInt32(
                session.Command("SELECT version FROM schema_version WHERE component = $component", ("$component", component)).ExecuteScalar() ?? 0L,
                System.Globalization.CultureInfo.InvariantCulture);
            if (done > steps.Count)
            {
                throw new InvalidOperationException(
                    $"The database has version {done} of '{component}', this program knows {steps.Count}: it was written by a newer one.");
            }

            foreach (var step in steps.Skip(done))
            {
                session.Command(step).ExecuteNonQuery();
            }

            session.Command(
                "INSERT INTO schema_version VALUES ($component, $version) ON CONFLICT (component) DO UPDATE SET version = excluded.version",
                ("$component", component), ("$version", steps.Count)).ExecuteNonQuery();
            return steps.Count;
        });
    }
}
