using System.Text.Json.Nodes;
using VaultGrid.Ceremony.Files;
using VaultGrid.Client.Secrets;

namespace VaultGrid.LocalGrid;

/// <content>The way from nothing to a grid that signs, step by step.</content>
public sealed partial class LocalVaultGrid
{
    /// <summary>Starts every process and waits until the relay answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Say($"starting {Nodes.Count} enclave processes");
        await Task.WhenAll(Nodes.Select(node => node.StartAsync(_options.StepTimeout, cancellationToken))).ConfigureAwait(false);
        Say("starting the silo and its relay");
        OpenClient();
        await StartSiloAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Provisions every node and installs its certificate, from the node's own request.</summary>
    public async Task CertifyAsync(CancellationToken cancellationToken)
    {
        Say("provisioning and certifying the nodes");
        await Task.WhenAll(Nodes.Select(node => CertifyAsync(node.Id, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Provisions one node and installs its certificate.</summary>
    public async Task CertifyAsync(NodeId node, CancellationToken cancellationToken)
    {
        var provisioning = new NodeProvisioning("p256", Ceremony.Root.Der, [Ceremony.AdminsPolicy.ToUtf8()], _options.Adapter.ToString().ToLowerInvariant());
        var request = Steps.Done(await Client.ProvisionNodeAsync(node, provisioning, cancellationToken).ConfigureAwait(false), $"provisioning node {node}");
        var issued = Steps.Done(Ceremony.Certify(request.Request.Span, node), $"the certificate of node {node}");
        var certification = new NodeCertification(issued.Certificate.Der, Ceremony.Bundle());
        _ = Steps.Done(await Client.CertifyNodeAsync(node, certification, cancellationToken).ConfigureAwait(false), $"certifying node {node}");
    }

    /// <summary>Gives each cluster its first membership record, approved by the administrators' quorum.</summary>
    public async Task FormClustersAsync(CancellationToken cancellationToken)
    {
        Say("forming the clusters");
        await Task.WhenAll(Clusters.Select(async cluster =>
        {
            var (request, document) = Requests.FirstMembers(cluster, NodesOf(cluster));
            await Requests.DoAsync(request, document, _options.Quorum, cancellationToken).ConfigureAwait(false);
            await SynchroniseAsync(cluster, cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
    }

    /// <summary>Has one node of each cluster make a key, and duplicates it to every other.</summary>
    public async Task CreateKeysAsync(KeyId key, CancellationToken cancellationToken)
    {
        Say($"making the key '{key}' in each cluster and duplicating it to every node");
        await Task.WhenAll(Clusters.Select(cluster => CreateKeyAsync(cluster, DefaultPolicy(key), cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Has node 1 of a cluster make a key under a policy, and duplicates it to every other node.</summary>
    public async Task<KeyStatus> CreateKeyAsync(ClusterId cluster, KeyPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _ = await Requests.DoAsync(Requests.NewKey(new NodeId(cluster, 1), policy), policy.ToUtf8(), _options.Quorum, cancellationToken).ConfigureAwait(false);
        await SynchroniseAsync(cluster, cancellationToken).ConfigureAwait(false);
        var key = Steps.Done(await Client.GetKeyAsync(cluster, policy.KeyId, cancellationToken).ConfigureAwait(false), $"key '{policy.KeyId}' of cluster {cluster}");
        return key.Holders.Count == NodesOf(cluster)
            ? key
            : throw new LocalGridException($"key '{policy.KeyId}' of cluster {cluster} is held by {key.Holders.Count} of {NodesOf(cluster)} nodes after synchronisation");
    }

    /// <summary>The administrators' quorum; Ethereum transactions and raw digests, at receiving addresses of Ethereum, P2WPKH and P2TR accounts.</summary>
    public KeyPolicy DefaultPolicy(KeyId key) => Ceremony.Policy(
        key,
        _options.Quorum,
        [SigningAlgorithm.EthereumTransaction, SigningAlgorithm.EcdsaSecp256k1],
        ((string[])["m/44'/60'/*'/0/*", "m/84'/0'/*'/0/*", "m/86'/0'/*'/0/*"])
            .Select(text => PathPattern.TryParse(text, out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern.")));

    /// <summary>Brings a cluster's nodes to the same records and keys; a node that can't be is a failure.</summary>
    public async Task<SyncReport> SynchroniseAsync(ClusterId cluster, CancellationToken cancellationToken)
    {
        var report = Steps.Done(await Client.SynchroniseAsync(cluster, cancellationToken).ConfigureAwait(false), $"synchronising cluster {cluster}");
        var behind = report.Nodes.FirstOrDefault(node => node.Refusal is not null);
        return behind is null
            ? report
            : throw new LocalGridException($"node {behind.Node} could not be synchronised: {behind.Refusal!.Code}: {behind.Refusal.Detail}");
    }

    /// <summary>Starts a killed node's enclave again and waits for its socket.</summary>
    public Task RestartAsync(NodeId node, CancellationToken cancellationToken) => Node(node).StartAsync(_options.StepTimeout, cancellationToken);

    /// <summary>Starts every silo that does not run (again) and waits until the relay answers and knows every node's place.</summary>
    public async Task StartSiloAsync(CancellationToken cancellationToken)
    {
        await StartDatabaseAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(Silos.Select(silo => silo.StartAsync())).ConfigureAwait(false);
        await Relay.StartAsync().ConfigureAwait(false);
        await Relay.WaitAsync(AnswersAsync, _options.StepTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts one silo (again) and waits until it says that it is ready.</summary>
    public async Task StartSiloAsync(LocalProcess silo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(silo);
        await silo.StartAsync().ConfigureAwait(false);
        await silo.WaitAsync(cancel => IsReadyAsync(silo, cancel), _options.StepTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts one more silo, without enclaves: they stay where their sockets are, and every other grain may come to live there.</summary>
    /// <exception cref="LocalGridException">The engine has no more than one.</exception>
    public async Task<LocalProcess> AddSiloAsync(CancellationToken cancellationToken)
    {
        var silo = MakeOneMore();
        _silos.Add(silo);
        await StartSiloAsync(silo, cancellationToken).ConfigureAwait(false);
        return silo;
    }

    /// <summary>Stops the first silo and starts it anew with so many sessions kept prepared for each shared key; 0 keeps none.</summary>
    public async Task RestartSiloAsync(int pool, CancellationToken cancellationToken)
    {
        await Silo.DisposeAsync().ConfigureAwait(false);
        var file = Path.Combine(Directory, "silo", "silo.json");
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false))!;
        configuration["VaultGrid"]!["Grains"] = new JsonObject { [nameof(SharedKeys)] = new JsonObject { ["Pool"] = pool } };
        AtomicFile.Write(file, configuration.ToJsonString());
        await StartSiloAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A further client of the relay under the same certificate, for instance one that makes no second attempts.</summary>
    public VaultGridClient NewClient(int retries) => VaultGridClient.Create(
        new VaultGridClientOptions { Address = Address, Retries = retries }, _identity!, new KnownAuthorities(Ceremony.Trusted()), _time).Value;

    /// <summary>The use of shared keys through some door, under the local client's certificate.</summary>
    public SharedKeyCaller NewCaller(ISharedKeyGrid door) => new(door, Identity, new KnownAuthorities(Ceremony.Trusted()), _time);

    /// <summary>The relay under another certificate, such as <see cref="LocalCeremony.Client"/> makes.</summary>
    public VaultGridClient Connect(TlsIdentity identity, int retries) => VaultGridClient.Create(
        new VaultGridClientOptions { Address = Address, Retries = retries }, identity, new KnownAuthorities(Ceremony.Trusted()), _time).Value;

    /// <summary>The use of Domains under a client's certificate.</summary>
    public DomainClient Domains(VaultGridClient client, TlsIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new DomainClient(client.Trusts, identity, new KnownAuthorities(Ceremony.Trusted()), _time);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        // A relay on its own would wait for its silo for ever.
        if (Silos.FirstOrDefault(silo => !silo.IsRunning) is { } ended) throw ended.Failed("ended");
        return (await Client.GetGridAsync(cancellationToken).ConfigureAwait(false)).Is(out var grid, out var refusal)
            ? grid.Clusters.Sum(cluster => cluster.Nodes) >= Nodes.Count
            : refusal.Code.IsRetriable() ? false : throw Relay.Failed($"refuses its own client: {refusal}");
    }

    private int NodesOf(ClusterId cluster) => Nodes.Count(node => node.Id.Cluster == cluster);

    private void OpenClient()
    {
        _identity = Ceremony.Identity(Ceremony.ClientCertificateFile, Ceremony.ClientKeyFile);
        _client = NewClient(retries: 2);
    }

    private void Say(string what) => _options.Progress?.Report(what);
}
