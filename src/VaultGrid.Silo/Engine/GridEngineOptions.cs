using System.Net;
using System.Reflection;

namespace VaultGrid.Silo.Engine;

/// <summary>How the grain engine of this process runs. Exactly one of the two stores is set; Orleans needs PostgreSQL.</summary>
public sealed class GridEngineOptions
{
    /// <summary>A SQLite file, made if it does not exist. Embedded engine only.</summary>
    public string? SqliteFile { get; set; }

    /// <summary>A PostgreSQL database, for state and reminders, and under Orleans also for membership.</summary>
    public string? PostgresConnection { get; set; }

    /// <summary>What other silos call this one. Orleans only.</summary>
    /// <value>The machine's name.</value>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>Silos with the same id form one cluster.</summary>
    /// <value>vaultgrid</value>
    public string ClusterId { get; set; } = "vaultgrid";

    /// <summary>Names the stored state: it stays the same when the cluster id changes.</summary>
    /// <value>vaultgrid</value>
    public string ServiceId { get; set; } = "vaultgrid";

    /// <summary>Where other silos and clients reach this one. Orleans only.</summary>
    /// <value>127.0.0.1</value>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>Port for other silos. Orleans only.</summary>
    /// <value>11111</value>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Port for clients; 0 for none. Orleans only.</summary>
    /// <value>30000</value>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Keys (<c>cluster/node</c>) of the enclaves attached to this process; fixed when it starts.</summary>
    public IList<string> Enclaves { get; } = [];

    /// <summary>Grain classes whose grains run only where the enclave with their key is attached.</summary>
    public IList<Type> AttachedGrains { get; } = [];

    /// <summary>Where grain classes, stored types and converters are.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>An activation that was not used for so long is ended.</summary>
    /// <value>15 minutes</value>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A call that is not answered within this time fails.</summary>
    /// <value>30 seconds</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>So many calls may wait for one activation; more are refused.</summary>
    /// <value>5000</value>
    public int MaxQueuedCalls { get; set; } = 5000;
}
