using VaultGrid.Ceremony.Files;

namespace VaultGrid.LocalGrid;

/// <summary>
/// A whole grid on this machine: every node an enclave process, a silo (with Orleans as many as are wanted), its relay (in the silo with the embedded engine,
/// beside it with Orleans), its CAs and administrators. What it does goes through the relay with mutual TLS, as a user's calls do. For development, demonstrations, tests and
/// load: everything that separates the parts in production (machines, people, passphrases) is in one place here.
/// </summary>
public sealed partial class LocalVaultGrid : IAsyncDisposable
{
    private const int MostSilos = 9;
    private const string OneProcess = "several silos need Orleans: the embedded engine is one process";

    private readonly LocalGridOptions _options;
    private readonly TimeProvider _time;
    private readonly string _sockets;
    private readonly bool _ownsDirectory;
    private readonly List<LocalProcess> _silos;
    private VaultGridClient? _client;
    private TlsIdentity? _identity;

    private LocalVaultGrid(LocalGridOptions options, TimeProvider time)
    {
        (_options, _time, _ownsDirectory) = (options, time, options.Directory is null);
        _sockets = SocketDirectory.Make();
        Directory = Path.GetFullPath(options.Directory ?? Path.Combine(_sockets, "grid"));
        AtomicFile.CreateDirectory(Directory);
        Ceremony = LocalCeremony.Hold(Path.Combine(Directory, "ceremony"), options, time);
        Nodes =
        [
            .. from cluster in Enumerable.Range(1, options.Clusters + options.SmallClusters)
               from node in Enumerable.Range(1, cluster <= options.Clusters ? options.Nodes : 1)
               let id = new NodeId(new ClusterId((uint)cluster), (uint)node)
               select new LocalNode(id, Path.Combine(Directory, $"node-{cluster}-{node}"), Path.Combine(_sockets, $"{cluster}-{node}.sock"), options.Adapter) { Between = options.Between },
        ];
        var port = options.Port == 0 ? FreePort.Take() : options.Port;
        Address = new Uri($"https://127.0.0.1:{port}");
        (_silos, Relay) = MakeProcesses(port);
    }

    /// <summary>Where everything is.</summary>
    public string Directory { get; }

    /// <summary>The relay's address.</summary>
    public Uri Address { get; }

    /// <summary>CAs, administrators and files.</summary>
    public LocalCeremony Ceremony { get; }

    /// <summary>Every node, by cluster and number.</summary>
    public IReadOnlyList<LocalNode> Nodes { get; }

    /// <summary>The silo process; the first, where there are several.</summary>
    public LocalProcess Silo => _silos[0];

    /// <summary>Every silo process. With Orleans each has its share of the enclaves at its sockets; the embedded engine has one.</summary>
    public IReadOnlyList<LocalProcess> Silos => _silos;

    /// <summary>The process that serves the REST interface: with the embedded engine the silo itself.</summary>
    public LocalProcess Relay { get; }

    /// <summary>The clusters.</summary>
    public IEnumerable<ClusterId> Clusters => Nodes.Select(node => node.Id.Cluster).Distinct();

    /// <summary>The grid through the relay, as the client <c>vaultgrid://client/local</c>.</summary>
    public IVaultGrid Client => _client ?? throw new InvalidOperationException("The grid has not been started.");

    /// <summary>Who the client is; its certificate signs calls.</summary>
    public TlsIdentity Identity => _identity ?? throw new InvalidOperationException("The grid has not been started.");

    /// <summary>Keys that nodes generate together.</summary>
    public LocalSharedKeys SharedKeys => new(this, NewCaller(Client.SharedKeys), _options.Quorum);

    /// <summary>Requests, approvals and their execution.</summary>
    public LocalRequests Requests => new(Ceremony, Client, _time);

    /// <summary>Trusts, their signing and sealing.</summary>
    public LocalTrusts Trusts => new(Client.Trusts);

    /// <summary>Holds the CA ceremony; starts nothing.</summary>
    /// <exception cref="LocalGridException">The options ask for more than this build's engine can.</exception>
    public static LocalVaultGrid Prepare(LocalGridOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Silos > 1 && !HasSeveralSilos) throw new LocalGridException(OneProcess);
        if (options.Silos is < 1 or > MostSilos) throw new LocalGridException($"a grid on this machine has 1 to {MostSilos} silos, not {options.Silos}");
        return new LocalVaultGrid(options, time);
    }

    /// <summary>The whole way: processes, certificates, members, and in each cluster the key <paramref name="key"/> on every node.</summary>
    /// <param name="options">What the grid looks like.</param>
    /// <param name="key">The name of each cluster's key; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LocalGridException">A part failed; everything was stopped again.</exception>
    public static async Task<LocalVaultGrid> BringUpAsync(LocalGridOptions options, KeyId? key, TimeProvider time, CancellationToken cancellationToken)
    {
        var grid = Prepare(options, time);
        try
        {
            await grid.StartAsync(cancellationToken).ConfigureAwait(false);
            await grid.CertifyAsync(cancellationToken).ConfigureAwait(false);
            await grid.FormClustersAsync(cancellationToken).ConfigureAwait(false);
            if (key is { } name) await grid.CreateKeysAsync(name, cancellationToken).ConfigureAwait(false);
            return grid;
        }
        catch
        {
            await grid.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>One node.</summary>
    public LocalNode Node(NodeId id) => Nodes.Single(node => node.Id == id);

    /// <summary>Stops every process, silo first, and removes what was made in a temporary place.</summary>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _identity?.Dispose();
        await Relay.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_silos.Select(silo => silo.DisposeAsync().AsTask())).ConfigureAwait(false);
        await StopDatabaseAsync().ConfigureAwait(false);
        await Task.WhenAll(Nodes.Select(node => node.StopAsync().AsTask())).ConfigureAwait(false);
        Ceremony.Dispose();
        System.IO.Directory.Delete(_sockets, recursive: true);
        if (_ownsDirectory && System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
    }

    private partial (List<LocalProcess> Silos, LocalProcess Relay) MakeProcesses(int port);

    private partial LocalProcess MakeOneMore();

    private partial Task<bool> IsReadyAsync(LocalProcess silo, CancellationToken cancellationToken);

    private partial Task StartDatabaseAsync(CancellationToken cancellationToken);

    private partial ValueTask StopDatabaseAsync();

    private LocalProcess MakeProcess(string name, string program, string configuration)
    {
        var directory = Path.Combine(Directory, name);
        AtomicFile.CreateDirectory(directory);
        var file = Path.Combine(directory, $"{name}.json");
        AtomicFile.Write(file, configuration);
        return new LocalProcess(name, LocalProgram.Find(program), ["run", "--config", file], Path.Combine(directory, $"{name}.log"));
    }
}
