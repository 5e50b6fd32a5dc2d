using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Dealing;
using VaultGrid.Enclave.Tests;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Tests;

/// <content>Several clusters, and keys that they hold together, from the real dealer.</content>
internal sealed partial class VaultSite
{
    private static readonly RandomNumberGenerator Random = RandomNumberGenerator.Create();

    /// <summary>Starts clusters of so many nodes and goes through the ceremony up to members; no key is made.</summary>
    public static async Task<VaultSite> StartClustersAsync(
        int clusters, int nodes, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("vgs-");
        var enclaves = (from cluster in Enumerable.Range(1, clusters)
                        from node in Enumerable.Range(1, nodes)
                        select new EnclaveProcess(directory.FullName, new NodeId(new ClusterId((uint)cluster), (uint)node)) { RecordsNonces = settings.Contains(RecordsNonces) }).ToImmutableArray();
        var site = new VaultSite(directory, enclaves, settings.Where(setting => setting != RecordsNonces).ToDictionary(pair => pair.Key, pair => (string?)pair.Value))
        {
            Admins = new TestGrid(DateTimeOffset.UtcNow.AddDays(-1), clusters: clusters),
            Configure = configure,
        };
        await OrDisposeAsync(site, async () =>
        {
            await Task.WhenAll(enclaves.Select(enclave => enclave.StartAsync()));
            await site.StartSiloAsync();
            await site.CertifyAllAsync();
            foreach (var cluster in Enumerable.Range(1, clusters).Select(number => (uint)number))
            {
                var members = TestGrid.Membership([.. Enumerable.Range(1, nodes).Select(index => (uint)index)], cluster: cluster);
                (await site.ExecuteAsync(site.Admins.ChangeMembership(members, cluster: cluster), members.ToUtf8())).EnsureDone();
            }
        });
        return site;
    }

    public EnclaveProcess Enclave(string node) => Enclaves.Single(enclave => enclave.Node.ToString() == node);

    /// <summary>Deals a key to the first node of each cluster and has all of them import it.</summary>
    public async Task<KeyStatus> DealAsync(int threshold, string name = "shared")
    {
        var (request, package) = await PrepareDealAsync(threshold, name);
        (await ExecuteAsync(request, package)).EnsureDone();
        return (await Grid.GetKeyAsync(request.Cluster, request.KeyId, Cancellation)).Value;
    }

    /// <summary>The ceremony up to the request that administrators approve.</summary>
    public async Task<(DealKeyRequest Request, byte[] Package)> PrepareDealAsync(int threshold, string name)
    {
        var policy = SharedPolicy(name);
        var bundle = AuthorityBundle.Parse(Authorities).Value;
        var trusted = TrustedAuthorities.Pin(Admins.Root.Der).Value.TryAdd(bundle, DateTimeOffset.UtcNow).Value;
        var recipients = new List<VerifiedWrapKey>();
        foreach (var node in Enclaves.Select(enclave => enclave.Node).Where(node => node.Index == 1))
        {
            var told = (await Grid.GetWrapKeyAsync(node, policy.KeyId, Cancellation)).Value;
            recipients.Add(VerifiedWrapKey.Verify(new SignedStatement(told.Statement, told.Certificate, told.Signature), policy.KeyId, trusted, DateTimeOffset.UtcNow).Value);
        }

        var dealt = DealCeremony.Deal(new DealOrder { FirstPolicy = policy, Threshold = threshold, Recipients = recipients }, Random, null, Cancellation).Value;
        var request = new DealKeyRequest
        {
            KeyId = policy.KeyId, Kind = KeyKind.ThresholdEcdsa, Manifest = dealt.Manifest, FirstPolicy = policy.Hash(), Id = Admins.NextId(),
            Cluster = recipients[0].Statement.Node.Cluster, Clusters = ClusterSet.Of(recipients.Select(recipient => recipient.Statement.Node.Cluster.Number)),
            Policy = Admins.AdminPolicy.Hash(), Revocations = 1, Expires = Admins.In(TimeSpan.FromHours(1)), Purpose = "a key of several clusters",
        };
        return (request, dealt.Package.ToBytes());
    }

    public KeyPolicy SharedPolicy(string name, KeyPolicy? after = null) =>
        TestGrid.Policy(KeyId.Parse(name), 2, Admins.Admins, after, "m/44/60/*/0/*");

    /// <summary>A request for one signature with a key of several clusters.</summary>
    public SignRequest SignTogether(KeyStatus key, int n = 0, string path = "m/44/60/0/0/0", SigningSubject? subject = null) =>
        Admins.Sign(key.Key, KeyPolicy.Parse(key.PolicyDocument.Span).Value, subject ?? new SigningSubject.Digest(Hash256.Sha256(BitConverter.GetBytes(n))), path)
            with { Cluster = key.Threshold!.Clusters[0], Clusters = ClusterSet.Of(key.Threshold.Clusters.Select(cluster => cluster.Number)) };
}
