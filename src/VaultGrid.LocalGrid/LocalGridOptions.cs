namespace VaultGrid.LocalGrid;

/// <summary>What a grid on this machine looks like.</summary>
public sealed record LocalGridOptions
{
    /// <summary>Where CAs, key files, stores and logs go.</summary>
    /// <value>A new directory under the system's temporary one, deleted when the grid is disposed of.</value>
    public string? Directory { get; init; }

    /// <summary>How many clusters.</summary>
    /// <value>1.</value>
    public int Clusters { get; init; } = 1;

    /// <summary>How many nodes in each cluster, each an enclave process of its own.</summary>
    /// <value>3.</value>
    public int Nodes { get; init; } = 3;

    /// <summary>How many more clusters there are, of one node each: for keys that many clusters hold together.</summary>
    /// <value>0.</value>
    public int SmallClusters { get; init; }

    /// <summary>How many silos there are; the enclaves are attached to them in turn, node by node. More than one needs Orleans.</summary>
    /// <value>1.</value>
    public int Silos { get; init; } = 1;

    /// <summary>The connection string of an empty PostgreSQL database for the grid's state; null for one of the grid's own, on the embedded engine for SQLite files.</summary>
    /// <value>None.</value>
    public string? Database { get; init; }

    /// <summary>With Orleans: whether the grid's own PostgreSQL writes to the disk before it answers (fsync).</summary>
    /// <value>No: what it holds goes with the grid.</value>
    public bool SafeDatabase { get; init; }

    /// <summary>How many administrators there are.</summary>
    /// <value>3.</value>
    public int Admins { get; init; } = 3;

    /// <summary>How many of them must approve.</summary>
    /// <value>2.</value>
    public int Quorum { get; init; } = 2;

    /// <summary>What the enclaves rest on; they are provisioned on nothing else.</summary>
    /// <value>Software.</value>
    public LocalAdapter Adapter { get; init; } = LocalAdapter.Software;

    /// <summary>The port at which the silo's metrics can be fetched (<c>/metrics</c>); null for none.</summary>
    /// <value>None.</value>
    public int? MetricsPort { get; init; }

    /// <summary>A collector of traces and metrics (OTLP over HTTP), to which every call is traced; null for none.</summary>
    /// <value>None.</value>
    public Uri? Collector { get; init; }

    /// <summary>The port of the relay in the silo; 0 takes a free one.</summary>
    /// <value>0.</value>
    public int Port { get; init; }

    /// <summary>Whether the relay's limits for one caller are lifted: for one client that plays many.</summary>
    /// <value>No.</value>
    public bool OneCallerForMany { get; init; }

    /// <summary>How long any single step may take before the grid is given up.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The socket at which the silo looks for a node's enclave, from the node and the enclave's own socket: for tests and demonstrations that put somebody hostile between the two.
    /// </summary>
    /// <value>Null: the enclave's own.</value>
    public Func<NodeId, string, string>? Between { get; init; }

    /// <summary>Told what happens, in one line each.</summary>
    public IProgress<string>? Progress { get; init; }
}
