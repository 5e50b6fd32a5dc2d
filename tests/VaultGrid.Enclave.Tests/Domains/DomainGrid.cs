using System.Security.Cryptography;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Enclaves of one cluster in this process, five operators, and clients: whole chains and Domains the way a grid would bring them about, and short ways to break one thing.</summary>
internal sealed class DomainGrid : IDisposable
{
    private readonly Dictionary<int, TestNode> _nodes = [];
    private readonly Dictionary<int, TestStore> _stores = [];
    private readonly bool _guarded;

    public DomainGrid(bool guarded = false)
        : this(new ManualTime()) => _guarded = guarded;

    /// <param name="cluster">Enclaves under the witness rule, members already.</param>
    public DomainGrid(WitnessCluster cluster)
        : this(cluster.Time, cluster.Grid)
    {
        foreach (var node in cluster.Nodes) _nodes[(int)node.Id.Index] = node;
    }

    private DomainGrid(ManualTime time, TestGrid? grid = null)
    {
        Time = time;
        Host = new TickingTime(time);
        Grid = grid ?? new TestGrid(time.GetUtcNow().AddDays(-1)) { Now = time.GetUtcNow() };
        Operators = [.. Enumerable.Range(1, 5).Select(i => Grid.Leaf(Grid.OperatorCa, CertificateIdentity.Operator((uint)i)))];
        Client = ClientFor("client", new DomainClaim(Domain, DomainOperations.All), new DomainClaim(Other, DomainOperations.All));
    }

    public ManualTime Time { get; }

    /// <summary>The enclaves' host's time.</summary>
    public TickingTime Host { get; }

    public TestGrid Grid { get; }

    public IReadOnlyList<ForgedCertificate> Operators { get; }

    /// <summary>A client with all claims to <see cref="Domain"/> and <see cref="Other"/>.</summary>
    public ForgedCertificate Client { get; }

    public TrustId Chain { get; } = TrustId.FromRandom(SHA256.HashData("chain"u8).AsSpan(0, 16));

    public DomainId Domain { get; } = DomainId.FromRandom(SHA256.HashData("domain"u8).AsSpan(0, 16));

    public DomainId Other { get; } = DomainId.FromRandom(SHA256.HashData("other"u8).AsSpan(0, 16));

    public CertificateCache Certificates { get; } = new();

    public TestNode this[int node] => _nodes[node];

    public TestStore Store(int node) => _stores[node];

    public async Task StartAsync(int nodes = 3)
    {
        var membership = TestGrid.Membership([.. Enumerable.Range(1, nodes).Select(index => (uint)index)]);
        for (var index = 1; index <= nodes; index++)
        {
            _stores[index] = new TestStore(Host, _guarded);
            _nodes[index] = _stores[index].Start(Grid, $"1/{index}");
            await _nodes[index].JoinClusterAsync(membership);
        }
    }

    public void Restart(int node)
    {
        _stores[node].Stop();
        _nodes[node] = _stores[node].Start(Grid, $"1/{node}");
    }

    public ForgedCertificate ClientFor(string name, params DomainClaim[] claims)
    {
        var client = Grid.Leaf(Grid.RelayCa, CertificateIdentity.Client(name).Value);
        if (claims.Length > 0) client.More.Add((VaultGridOid.ClientClaims, false, ClientClaims.Of(claims).Value.ToDer()));
        return client;
    }

    // Trusts.

    public async Task<TrustHsm> EntryAsync(int node, TrustId? chain = null, WrapKeyKind kind = WrapKeyKind.P256) =>
        TrustHsm.Parse((await this[node].AskAsync(new ChainKeyCall(chain ?? Chain, kind))).Span, Certificates).Value;

    public async Task<TrustBody> BodyAsync(TrustBody? predecessor, int[] nodes, int operators = 5, int quorum = 3, TrustId? chain = null, WrapKeyKind kind = WrapKeyKind.P256)
    {
        var entries = new List<TrustHsm>();
        foreach (var node in nodes) entries.Add(await EntryAsync(node, chain, kind));
        return TrustBody.Create(predecessor, chain ?? Chain, entries, Operators.Take(operators).Select(one => one.Parsed), quorum).Value;
    }

    public static OperatorSignature Signature(ForgedCertificate signer, Hash256 trust) => new(signer.Parsed, Sign(signer, OperatorSignature.Statement(trust)));

    public Trust SignedBy(TrustBody body, params int[] operators) =>
        operators.Aggregate(Trust.Of(body), (trust, index) => trust.With(Signature(Operators[index - 1], trust.Hash)).Value);

    public static byte[] Sign(ForgedCertificate signer, ReadOnlySpan<byte> statement) =>
        ((ECDsa)signer.Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public async Task<Trust> SealAsync(int node, Trust trust, params Trust[] before) => Parse(await this[node].AskAsync(Sealing(trust, before)));

    public static SealTrustCall Sealing(Trust trust, params Trust[] before) => new(trust.ToBytes(), Documents(before), []);

    public static LearnTrustsCall Learning(params Trust[] trusts) => new(Documents(trusts));

    public Task<KnownChain> LearnAsync(int node, params Trust[] trusts) => this[node].AskAsync(Learning(trusts));

    /// <summary>A first Trust over these nodes, five operators, quorum three, sealed by the first node.</summary>
    public async Task<Trust> FirstAsync(params int[] nodes) => await SealAsync(nodes[0], SignedBy(await BodyAsync(null, nodes), 1, 2, 3));

    /// <summary>Its successor over these nodes, sealed by a node that both name.</summary>
    public async Task<Trust> NextAsync(Trust before, int sealer, params int[] nodes) =>
        await SealAsync(sealer, SignedBy(await BodyAsync(before.Body, nodes), 3, 4, 5), before);

    public Trust Parse(ReadOnlyMemory<byte> trust) => Trust.Parse(trust.Span, Certificates).Value;

    /// <summary>The approved way to begin the grid, or to end its bootstrap.</summary>
    public PerformCall Bootstrapping(Trust trust) => Grid.Approved(
        new BootstrapTrustRequest
        {
            Trust = trust.Hash, Replaces = trust.Body.Predecessor, Id = Grid.NextId(), Cluster = new ClusterId(1), Policy = Grid.AdminPolicy.Hash(),
            Revocations = 1, Expires = Grid.In(TimeSpan.FromHours(1)), Purpose = "the grid begins",
        },
        trust.ToBytes());

    public async Task<Trust> BootstrapAsync(int node, Trust trust) =>
        Parse(Assert.IsType<Performed.TrustSealed>(await this[node].AskAsync(Bootstrapping(trust))).Trust);

    // Calls on Domains.

    public ClientCall Call(DomainParameters parameters, DomainId? target = null, ForgedCertificate? client = null, byte[]? nonce = null, DateTimeOffset? expires = null)
    {
        var answerKey = P256AgreementKey.Generate();
        var bytes = parameters.ToBytes();
        var body = new CallBody
        {
            Action = parameters.Action, Target = new CallTarget.OfDomain(target ?? Domain), Cluster = new ClusterId(1), Parameters = CallBody.HashOf(bytes),
            Expires = expires ?? Time.GetUtcNow() + CallBody.LongestLife, Nonce = nonce ?? RandomNumberGenerator.GetBytes(CallBody.NonceLength),
            AnswerKey = answerKey.PublicKey.Bytes.ToArray(),
        }.ToBytes();
        client ??= Client;
        return new ClientCall(new SignedCall(body, client.Der, Sign(client, CallBody.Statement(body))), bytes, answerKey);
    }

    public async Task<Domain> CreateAsync(int node, Trust newest, MasterKeyKind kind = MasterKeyKind.Aes256, string owner = "", DomainId? id = null, Hash256? first = null)
    {
        var call = Call(new DomainParameters.Create(kind, owner, first ?? newest.Hash, newest.Hash), id);
        return Keys(await this[node].AskAsync(call.Create())).Under(newest);
    }

    public SealedKeys Keys(ReadOnlyMemory<byte> keys) => SealedKeys.Parse(keys.Span, Certificates).Value;

    /// <summary>A call that has a file key wrapped, sealed to a node's session key.</summary>
    public async Task<ClientCall> EncryptingAsync(int node, Domain domain, SecretBytes fileKey, byte[] streamPart, ForgedCertificate? client = null)
    {
        var said = await this[node].AskAsync(new SessionKeyCall());
        var offer = SessionKeyOffer.Check(said.Statement.Span, said.Certificate.Span, said.Signature.Span, domain.Trust.Body, Time.GetUtcNow()).Value;
        var nonce = RandomNumberGenerator.GetBytes(CallBody.NonceLength);
        var context = CallSecrets.InCall("domain-encrypt", new CallTarget.OfDomain(domain.Keys.Id), (client ?? Client).Parsed.Key, nonce);
        var box = SealedBox.Seal(offer.Key, context, [], fileKey);
        return Call(new DomainParameters.Encrypt(domain.Keys.Hash, streamPart, offer.Name, box), domain.Keys.Id, client, nonce);
    }

    /// <summary>Wraps a new file key and returns the file's header with the key.</summary>
    public async Task<(FileHeader Header, byte[] FileKey)> EncryptAsync(int node, Domain domain)
    {
        var fileKey = RandomNumberGenerator.GetBytes(FileKeyWrap.KeyLength);
        var part = FileHeader.NewStreamPart();
        using var secret = SecretBytes.Take(fileKey.ToArray());
        var answer = await this[node].AskAsync((await EncryptingAsync(node, domain, secret, part)).Use(domain));
        return (FileHeader.Create(part, domain.Keys.Id.Value, answer.Master, answer.Result.Span).Value, fileKey);
    }

    public ClientCall Decrypting(Domain domain, FileHeader header) => Call(new DomainParameters.DecryptFile(domain.Keys.Hash, header.Bytes), domain.Keys.Id);

    public async Task<byte[]> DecryptAsync(int node, Domain domain, FileHeader header)
    {
        var call = Decrypting(domain, header);
        return call.Open((await this[node].AskAsync(call.Use(domain))).Result.Span);
    }

    public void Dispose()
    {
        foreach (var store in _stores.Values) store.Dispose();
    }

    private static List<ReadOnlyMemory<byte>> Documents(IEnumerable<Trust> trusts) => [.. trusts.Select(trust => (ReadOnlyMemory<byte>)trust.ToBytes())];
}
