using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Enclaves of several clusters that share keys: what administrators approve, the plans of coordinators, and clients.</summary>
internal sealed class SharedGrid(int clusters, int nodesPerCluster) : IAsyncDisposable
{
    private readonly Dictionary<string, KeyHolder> _devices = [];

    public ThresholdGrid Enclaves { get; } = new(clusters, nodesPerCluster);

    public TestGrid Grid => Enclaves.Grid;

    public IEnumerable<string> All => from cluster in Enumerable.Range(1, clusters) from index in Enumerable.Range(1, nodesPerCluster) select $"{cluster}/{index}";

    public TestNode this[string id] => Enclaves[id];

    public TestNode this[NodeId id] => Enclaves[id.ToString()];

    public static async Task<SharedGrid> StartAsync(int clusters = 2, int nodesPerCluster = 2)
    {
        var grid = new SharedGrid(clusters, nodesPerCluster);
        await grid.Enclaves.StartAsync();
        foreach (var id in grid.All) await grid.LearnDeviceAsync(id);
        return grid;
    }

    /// <summary>The D key that a node has now.</summary>
    public async Task<KeyHolder> LearnDeviceAsync(string id)
    {
        var said = await this[id].AskAsync(new SessionKeyCall());
        return _devices[id] = new KeyHolder(NodeId.Parse(id), new Hash256(RoleCertificate.Parse(said.Certificate.Span).Value.Key.SpkiHash.Span));
    }

    public KeyHolder Holder(string id) => _devices[id];

    public async Task<IReadOnlyList<SignedStatement>> DirectoryAsync(IEnumerable<KeyHolder> members)
    {
        var statements = new List<SignedStatement>();
        foreach (var member in members)
        {
            if ((await this[member.Node].TryAsync(new SessionKeyCall())).Is(out var statement, out _)) statements.Add(statement);
        }

        return statements;
    }

    /// <summary>A policy of two administrators for a kind of key.</summary>
    public KeyPolicy Policy(KeyKind kind, string name = "shared", TimeSpan? refresh = null, params KeyGrant[] permissions) =>
        TestGrid.Policy(KeyId.Parse(name), 2, Grid.Admins, null, "m", "m/0/*") with
        {
            Algorithms = kind.Algorithm() is { } algorithm ? [algorithm] : [], Permissions = [.. permissions], Refresh = refresh,
        };

    public T Ask<T>(IEnumerable<ClusterId> clusters, Func<RequestId, ClusterId, ClusterSet?, T> make)
        where T : Request
    {
        ClusterId[] all = [.. clusters.Distinct().OrderBy(cluster => cluster.Number)];
        return make(Grid.NextId(), all[0], all.Length > 1 ? ClusterSet.Of(all.Select(cluster => cluster.Number)) : null);
    }

    public GenerateKeyRequest GenerateRequest(KeyPolicy policy, KeyKind kind, HolderSet holders) => Ask(holders.Clusters, (id, cluster, several) => new GenerateKeyRequest
    {
        KeyId = policy.KeyId, Kind = kind, Holders = holders, FirstPolicy = policy.Hash(), Id = id, Cluster = cluster, Clusters = several,
        Policy = Grid.AdminPolicy.Hash(), Revocations = 1, Expires = Grid.In(TimeSpan.FromHours(1)), Purpose = "a key that nobody has",
    });

    public TestCeremony Generate(KeyKind kind, int faulty = 1, KeyPolicy? policy = null, IEnumerable<string>? nodes = null)
    {
        policy ??= Policy(kind);
        var holders = HolderSet.Of((nodes ?? All).Select(NodeId.Parse), faulty).Value;
        var approved = Grid.Approved(GenerateRequest(policy, kind, holders), policy.ToUtf8());
        return Ceremony(CeremonyKind.Generate, default, default, approved, [.. holders.Nodes.Select(node => Holder(node.ToString()))], faulty);
    }

    public TestCeremony Refresh(CertifiedVersion current, PerformCall? approved = null) => Ceremony(
        CeremonyKind.Refresh, current.Version.Key, current.Version.Hash(), approved, [.. current.Version.Holders.Select(holder => Holder(holder.Node.ToString()))], current.Version.Faulty);

    public PerformCall RefreshRequest(CertifiedVersion current) => Grid.Approved(Ask(current.Version.Holders.Select(holder => holder.Node.Cluster), (id, cluster, several) => new RefreshKeyRequest
    {
        Key = current.Version.Key, Replaces = current.Version.Hash(), Id = id, Cluster = cluster, Clusters = several,
        Policy = Grid.AdminPolicy.Hash(), Revocations = 1, Expires = Grid.In(TimeSpan.FromHours(1)), Purpose = "new shares",
    }));

    public PerformCall ReshareRequest(CertifiedVersion current, HolderSet holders) => Grid.Approved(Ask(
        current.Version.Holders.Select(holder => holder.Node.Cluster).Concat(holders.Clusters), (id, cluster, several) => new ReshareKeyRequest
        {
            Key = current.Version.Key, Holders = holders, Replaces = current.Version.Hash(), Id = id, Cluster = cluster, Clusters = several,
            Policy = Grid.AdminPolicy.Hash(), Revocations = 1, Expires = Grid.In(TimeSpan.FromHours(1)), Purpose = "other holders",
        }));

    public TestCeremony Reshare(CertifiedVersion current, KeyEvidence evidence, IEnumerable<string> nodes, int faulty)
    {
        var holders = HolderSet.Of(nodes.Select(NodeId.Parse), faulty).Value;
        KeyHolder[] old = [.. current.Version.Holders];
        KeyHolder[] members = [.. old, .. holders.Nodes.Select(node => Holder(node.ToString())).Where(holder => !old.Contains(holder))];
        byte[] receivers = [.. holders.Nodes.Select(node => (byte)Array.FindIndex(members, member => member.Node == node))];
        var approved = ReshareRequest(current, holders);
        var plan = new CeremonyPlan(
            new Hash256(RandomNumberGenerator.GetBytes(32)), CeremonyKind.Reshare, current.Version.Key, current.Version.Hash(), Hash256.Sha256(approved.Request.Span), members,
            [.. Enumerable.Range(0, old.Length).Select(i => (byte)i)], receivers, (byte)faulty);
        var writer = new Model.Wire.WireWriter();
        KeyEvidence.Write(writer, evidence);
        CertifiedVersion.Write(writer, current);
        return new TestCeremony(this, plan, approved with { Document = writer.ToArray() }, dealersFaulty: current.Version.Faulty);
    }

    public TestCeremony Repair(CertifiedVersion current, string lost, params string[] helpers)
    {
        KeyHolder[] members = [Holder(lost), .. helpers.Select(Holder)];
        return new TestCeremony(this, new CeremonyPlan(
            new Hash256(RandomNumberGenerator.GetBytes(32)), CeremonyKind.Repair, current.Version.Key, current.Version.Hash(), default, members,
            [.. Enumerable.Range(1, helpers.Length).Select(i => (byte)i)], [0], current.Version.Faulty), null);
    }

    /// <summary>The repair of a share of the version that a ceremony is about to put in force.</summary>
    public TestCeremony Help(TestCeremony with, string starved, params string[] helpers) => new(this, with.Plan with
    {
        Id = new Hash256(RandomNumberGenerator.GetBytes(32)), Kind = CeremonyKind.Repair, Key = default, Version = with.Plan.Hash(), Request = default,
        Members = [Holder(starved), .. helpers.Select(Holder)], Dealers = [.. Enumerable.Range(1, helpers.Length).Select(i => (byte)i)], Receivers = [0],
    }, null);

    public async Task<ShareStatement> ShareAsync(string node, Hash256 key)
    {
        var said = await this[node].AskAsync(new DescribeShareCall(key));
        var certificate = RoleCertificate.Parse(said.Certificate.Span).Value;
        Assert.True(certificate.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span));
        return ShareStatement.Parse(said.Statement.Span).Value;
    }

    public ValueTask DisposeAsync() => Enclaves.DisposeAsync();

    private TestCeremony Ceremony(CeremonyKind kind, Hash256 key, Hash256 version, PerformCall? approved, IReadOnlyList<KeyHolder> members, int faulty)
    {
        byte[] everybody = [.. Enumerable.Range(0, members.Count).Select(i => (byte)i)];
        return new TestCeremony(this, new CeremonyPlan(
            new Hash256(RandomNumberGenerator.GetBytes(32)), kind, key, version, approved is null ? default : Hash256.Sha256(approved.Request.Span), members, everybody, everybody, (byte)faulty), approved);
    }
}
