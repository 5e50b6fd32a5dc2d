using System.Reflection;

namespace VaultGrid.Embedded.Engine;

/// <summary>How the embedded engine runs. Exactly one of the two stores is set.</summary>
public sealed class EmbeddedEngineOptions
{
    /// <summary>Where grain classes and converters are looked for.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>A SQLite file, made if it does not exist.</summary>
    public string? SqliteFile { get; set; }

    /// <summary>A PostgreSQL database.</summary>
    public string? PostgresConnection { get; set; }

    /// <summary>Separates several services in one PostgreSQL database.</summary>
    /// <value>vaultgrid</value>
    public string ServiceId { get; set; } = "vaultgrid";

    /// <summary>An activation that was not used for so long is ended.</summary>
    /// <value>15 minutes</value>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    /// <value>1 minute</value>
    public TimeSpan CollectionPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A call that is not answered within this time fails with a <see cref="TimeoutException"/>.</summary>
    /// <value>30 seconds</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>So many calls may wait for one activation; more are refused.</summary>
    /// <value>5000</value>
    public int MaxQueuedCalls { get; set; } = 5000;

    /// <exception cref="InvalidOperationException">The options contradict each other.</exception>
    internal void Validate()
    {
        if (SqliteFile is null == PostgresConnection is null)
        {
            throw new InvalidOperationException("The embedded engine needs either a SQLite file or a PostgreSQL connection.");
        }

        if (MaxQueuedCalls < 1 || CollectionAge <= TimeSpan.Zero || CollectionPeriod <= TimeSpan.Zero || ResponseTimeout <= TimeSpan.Zero)
        {
            throw new InvalidOperationException("The embedded engine's limits and times must be positive.");
        }
    }
}
