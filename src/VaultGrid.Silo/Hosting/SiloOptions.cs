namespace VaultGrid.Silo.Hosting;

/// <summary>How a silo runs. Bound from the section <see cref="Section"/>; the relay's options stand beside these under <c>Relay</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>Where these options stand in the configuration.</summary>
    public const string Section = "VaultGrid";

    /// <summary>The silo's name, by which the grid knows which enclaves it has; it must not change over a restart.</summary>
    /// <value>The machine's name.</value>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>Where state is kept.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>The enclaves at this silo's sockets.</summary>
    public IList<EnclaveAttachment> Enclaves { get; } = [];

    /// <summary>Where the silo says whether it lives and serves.</summary>
    public HealthOptions Health { get; set; } = new();

    /// <summary>How silos find each other; used under Orleans.</summary>
    public MembershipOptions Membership { get; set; } = new();
}

/// <summary>Where state is kept.</summary>
public sealed class StorageOptions
{
    /// <summary><c>sqlite</c> (one process) or <c>postgres</c>.</summary>
    /// <value>None: it must be chosen.</value>
    public string Kind { get; set; } = "";

    /// <summary>For <c>sqlite</c>, the directory of the files; made if it does not exist.</summary>
    public string? Directory { get; set; }

    /// <summary>For <c>postgres</c>, the connection string.</summary>
    public string? Connection { get; set; }
}

/// <summary>An enclave at a socket of this machine.</summary>
public sealed class EnclaveAttachment
{
    /// <summary>The node: <c>cluster/node</c>.</summary>
    public string Node { get; set; } = "";

    /// <summary>The enclave's Unix socket.</summary>
    public string Socket { get; set; } = "";
}

/// <summary>A plain listener for <c>/health/live</c> and <c>/health/ready</c>, for a silo without the relay's endpoints.</summary>
public sealed class HealthOptions
{
    /// <summary>The IP address to listen on.</summary>
    /// <value><c>127.0.0.1</c></value>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port; none where null.</summary>
    /// <value>None.</value>
    public int? Port { get; set; }
}

/// <summary>How silos find each other.</summary>
public sealed class MembershipOptions
{
    /// <summary>Silos with the same id form one cluster of silos.</summary>
    /// <value>vaultgrid</value>
    public string ClusterId { get; set; } = "vaultgrid";

    /// <summary>Names the stored state.</summary>
    /// <value>vaultgrid</value>
    public string ServiceId { get; set; } = "vaultgrid";

    /// <summary>The IP address at which others reach this silo.</summary>
    /// <value><c>127.0.0.1</c></value>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port for other silos.</summary>
    /// <value>11111</value>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for clients; 0 for none.</summary>
    /// <value>30000</value>
    public int GatewayPort { get; set; } = 30000;
}
