using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Silo.Engine.Postgres;

/// <summary>A numbered script of <c>silo-config/postgres</c>, carried in the assembly.</summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="Name">The file's name.</param>
/// <param name="Script">SQL.</param>
public sealed record PostgresMigration(int Number, string Name, string Script)
{
    private const string Prefix = "postgres/";

    /// <summary>SHA-256 of the script, lower-case hex: an applied script that was edited is noticed by it.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    /// <summary>All scripts, in order.</summary>
    /// <exception cref="InvalidOperationException">The numbers are not 1 to n.</exception>
    public static IReadOnlyList<PostgresMigration> All()
    {
        var assembly = typeof(PostgresMigration).Assembly;
        PostgresMigration[] all =
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name)),
        ];
        return all.Length > 0 && all.Select((migration, i) => migration.Number == i + 1).All(inOrder => inOrder)
            ? all
            : throw new InvalidOperationException("The PostgreSQL scripts are not numbered 1 to n.");
    }

    private static PostgresMigration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var name = resource[Prefix.Length..];
        return new PostgresMigration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
