using System.Security.Cryptography;
using VaultGrid.Dealing;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave.Tests;

/// <summary>What a dealer's machine does: draws a key, wraps each cluster's part for its first node, writes the manifest and the request.</summary>
internal sealed class TestDeal
{
    private static readonly RandomNumberGenerator Random = RandomNumberGenerator.Create();
    private static readonly Lazy<PaillierPrivateKey> Drawn = new(() => PaillierPrivateKey.Generate(Random));

    private readonly TestGrid _grid;
    private readonly Dictionary<ClusterId, byte[]> _wraps = [];

    private TestDeal(TestGrid grid, KeyPolicy policy, DealStatement statement, DealManifest manifest)
    {
        (_grid, Policy, Statement, Manifest) = (grid, policy, statement, manifest);
        Request = new DealKeyRequest
        {
            KeyId = policy.KeyId, Kind = KeyKind.ThresholdEcdsa, Manifest = DealManifest.HashOf(manifest.ToBytes()), FirstPolicy = policy.Hash(),
            Id = grid.NextId(), Cluster = manifest.Recipients[0].Node.Cluster, Clusters = ClusterSet.Of(manifest.Recipients.Select(r => r.Node.Cluster.Number)),
            Policy = grid.AdminPolicy.Hash(), Revocations = 1, Expires = grid.In(TimeSpan.FromHours(1)), Purpose = "a key of several clusters",
        };
    }

    public KeyPolicy Policy { get; }

    public DealStatement Statement { get; }

    public DealManifest Manifest { get; }

    public DealKeyRequest Request { get; }

    /// <summary>The hash of the key's birth record.</summary>
    public Hash256 Key => new BirthRecord
    {
        KeyId = Policy.KeyId, Kind = KeyKind.ThresholdEcdsa, Policy = Policy.Hash(), Request = RequestDocument.Of(Request).Hash,
        Fingerprint = BirthRecord.FingerprintOf(Statement.PublicKey.Compressed, Statement.ChainCode),
    }.Hash();

    /// <summary>Deals to the given first nodes.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="nodes">One node of each cluster, clusters ascending.</param>
    /// <param name="threshold">How many clusters sign.</param>
    /// <param name="name">The key's name.</param>
    /// <param name="policy">The first policy; the usual one where none is given.</param>
    /// <param name="harm">Spoils a cluster's part (T behind its length, P) before it is wrapped.</param>
    public static async Task<TestDeal> DrawAsync(
        TestGrid grid, IReadOnlyList<TestNode> nodes, int threshold, string name = "shared", Action<uint, byte[]>? harm = null, Func<string, KeyPolicy>? policy = null)
    {
        var wraps = new List<WrapKeyStatement>();
        foreach (var node in nodes) wraps.Add(WrapKeyStatement.Parse((await node.AskAsync(new WrapKeyCall(KeyId.Parse(name)))).Statement.Span).Value);

        using var drawn = Dealer.Draw(ShareTable.Of([.. nodes.Select(node => node.Id.Cluster.Number)], threshold).Value, Drawn.Value, Random).Value;
        var manifest = new DealManifest(
            KeyId.Parse(name), KeyKind.ThresholdEcdsa, drawn.Statement.Bytes.ToArray(), [.. wraps.Select(wrap => new DealRecipient(wrap.Node, wrap.Hash()))]);
        var deal = new TestDeal(grid, policy?.Invoke(name) ?? grid.KeyPolicy(name), drawn.Statement, manifest);
        for (var i = 0; i < wraps.Count; i++)
        {
            var part = Part(drawn.Shares[i]);
            harm?.Invoke(drawn.Shares[i].Cluster, part);
            deal.Wrap(wraps[i], SecretBytes.Take(part));
        }

        return deal;
    }

    /// <summary>What the dealer's program made.</summary>
    public static TestDeal Of(TestGrid grid, KeyPolicy policy, DealtKey dealt)
    {
        var manifest = DealManifest.Parse(dealt.Package.Manifest.Span).Value;
        var deal = new TestDeal(grid, policy, dealt.Statement, manifest);
        foreach (var recipient in manifest.Recipients) deal._wraps[recipient.Node.Cluster] = dealt.Package.For(recipient.Node.Cluster)!.Wrap.ToArray();
        return deal;
    }

    /// <summary>The approved import of a cluster.</summary>
    public PerformCall Import(ClusterId cluster) => _grid.Approved(Request, Document(cluster).ToBytes());

    public DealDocument Document(ClusterId cluster) => new(Policy.ToUtf8(), Manifest.ToBytes(), _wraps[cluster]);

    private static byte[] Part(ShareSet set)
    {
        using var shares = set.Export();
        using var primes = Drawn.Value.Export();
        var part = new byte[4 + shares.Length + primes.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(part, (uint)shares.Length);
        shares.CopyTo(part.AsSpan(4, shares.Length));
        primes.CopyTo(part.AsSpan(4 + shares.Length));
        return part;
    }

    private void Wrap(WrapKeyStatement wrap, SecretBytes part)
    {
        using (part)
        {
            var header = DealManifest.WrapHeader(Request.Manifest, wrap.Node);
            _wraps[wrap.Node.Cluster] = SealedBox.Seal(P256PublicKey.Parse(wrap.PublicKey.Span).Value, header, header, part);
        }
    }
}
