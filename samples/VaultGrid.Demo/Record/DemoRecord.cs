using System.Text.Json;
using System.Text.Json.Nodes;
using System.Security.Cryptography;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Demo;

/// <summary>What the demonstration leaves: <c>artifacts/demo.json</c>, with everything needed to verify its signatures elsewhere (docs/cli.md).</summary>
internal sealed class DemoRecord
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray _signatures = [];
    private readonly JsonArray _refusals = [];

    private readonly JsonArray _trusts = [];
    private readonly JsonArray _domains = [];
    private readonly JsonArray _retirements = [];

    public int Signatures => _signatures.Count;

    public int Refusals => _refusals.Count;

    public void Sign(SignatureStatus signature, string kind, AccountStatus account, RequestDocument? request, IReadOnlyList<Approval> approvals)
    {
        var entry = new JsonObject
        {
            ["kind"] = kind,
            ["cluster"] = signature.Node.Cluster.ToString(),
            ["node"] = signature.Node.ToString(),
            ["path"] = signature.KeyPath,
            ["xpub"] = account.ExtendedPublicKey,
        };
        if (signature.Participants is { } participants)
        {
            entry["session"] = signature.Session!.Value.ToString();
            entry["participants"] = new JsonArray([.. participants.Select(node => (JsonNode)node.ToString())]);
        }

        if (request is not null)
        {
            entry["request"] = Hex.Encode(request.Utf8.Span);
            entry["approvals"] = new JsonArray([.. approvals.Select(approval => (JsonNode)new JsonObject
            {
                ["certificate"] = Pem(approval.Certificate), ["signature"] = Hex.Encode(approval.Signature.Span),
            })]);
        }

        entry["digest"] = signature.Digest.ToString();
        entry["r"] = Hex.Encode(signature.R.Span);
        entry["s"] = Hex.Encode(signature.S.Span);
        entry["v"] = signature.V;
        entry["publicKey"] = Hex.Encode(signature.PublicKey.Span);
        entry["address"] = signature.Address;
        if (signature.RawTransaction is { IsEmpty: false } raw) entry["rawTransaction"] = Hex.Encode(raw.Span);
        _signatures.Add((JsonNode)entry);
    }

    public void Keep(Trust trust) => _trusts.Add((JsonNode)Document("trust", trust.ToBytes()));

    public void Keep(Domain domain) => _domains.Add((JsonNode)Document("domain", domain.ToBytes()));

    public void Keep(Retirement retirement) => _retirements.Add((JsonNode)Document("retirement", retirement.ToBytes()));

    /// <summary>A signature of a key that nodes generated together.</summary>
    public void Sign(MessageSignatureStatus signature, VerifiedKey key, byte[] message) => _signatures.Add((JsonNode)Entry(signature, key, message));

    /// <summary>The same, spending a Taproot output.</summary>
    public void Spend(MessageSignatureStatus signature, VerifiedKey key, byte[] message, TaprootSpend spend)
    {
        var entry = Entry(signature, key, message);
        entry["internalKey"] = Hex.Encode(key.PublicKey.Span);
        entry["spentScript"] = Hex.Encode(spend.Spent.Script);
        entry["spentAmount"] = spend.Spent.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
        entry["bitcoinTransaction"] = Hex.Encode(spend.Signed(signature.Signature.Span));
        _signatures.Add((JsonNode)entry);
    }

    private static JsonObject Entry(MessageSignatureStatus signature, VerifiedKey key, byte[] message) => new()
    {
        ["kind"] = key.Birth.Kind.Name(),
        ["message"] = Hex.Encode(message),
        ["publicKey"] = Hex.Encode(signature.PublicKey.Span),
        ["signature"] = Hex.Encode(signature.Signature.Span),
        ["path"] = signature.KeyPath,
        ["version"] = signature.Version,
        ["signers"] = new JsonArray([.. signature.Signers.Select(node => (JsonNode)node.ToString())]),
        ["blamed"] = new JsonArray([.. signature.Blamed.Select(blame => (JsonNode)blame.Node.ToString())]),
    };

    /// <summary>A message that was encrypted under such a key, and decrypted again.</summary>
    public void Encrypt(VerifiedKey key, byte[] message, byte[] ciphertext) => _signatures.Add((JsonNode)new JsonObject
    {
        ["kind"] = key.Birth.Kind.Name(), ["message"] = Hex.Encode(message), ["publicKey"] = Hex.Encode(key.PublicKey.Span), ["ciphertext"] = Hex.Encode(ciphertext),
    });

    public void Refuse(string what, Refusal refusal) =>
        _refusals.Add((JsonNode)new JsonObject { ["what"] = what, ["code"] = refusal.Code.Name(), ["detail"] = refusal.Detail });

    public async Task WriteAsync(FileInfo file, LocalVaultGrid grid, CancellationToken cancellationToken)
    {
        var status = (await grid.Client.GetGridAsync(cancellationToken)).Value;
        var clusters = new List<ClusterStatus>();
        foreach (var cluster in grid.Clusters) clusters.Add((await grid.Client.GetClusterAsync(cluster, cancellationToken)).Value);

        var document = new JsonObject
        {
            ["engine"] = status.Engine,
            ["version"] = status.Version,
            ["clusters"] = new JsonArray([.. clusters.Select(Cluster)]),
            ["nodes"] = new JsonArray([.. clusters.SelectMany(cluster => cluster.Nodes).Select(Node)]),
            ["certificates"] = Certificates(grid, clusters),
            ["lists"] = new JsonArray([.. grid.Ceremony.Trusted().ToBundle().Lists.Select(list => (JsonNode)(PemEncoding.WriteString("X509 CRL", list.Span) + "\n"))]),
            ["adminsPolicy"] = Hex.Encode(grid.Ceremony.AdminsPolicy.ToUtf8()),
            ["signatures"] = _signatures,
            ["trusts"] = _trusts,
            ["domains"] = _domains,
            ["retirements"] = _retirements,
            ["refusals"] = _refusals,
        };
        file.Directory!.Create();
        await File.WriteAllTextAsync(file.FullName, document.ToJsonString(Format) + "\n", cancellationToken);
    }

    private static JsonNode Cluster(ClusterStatus cluster) => new JsonObject
    {
        ["cluster"] = cluster.Cluster.ToString(), ["membership"] = cluster.Membership?.ToString(), ["nodes"] = cluster.Nodes.Count, ["keys"] = cluster.Keys,
    };

    private static JsonNode Node(NodeStatus node) => new JsonObject
    {
        ["node"] = node.Node.ToString(), ["phase"] = node.Phase, ["adapter"] = node.Adapter, ["deviceKey"] = node.DeviceKey?.ToString(), ["keys"] = node.Keys.Count,
    };

    // CAs from the root down, then administrators, then devices: each after its issuer.
    private static JsonArray Certificates(LocalVaultGrid grid, IEnumerable<ClusterStatus> clusters) =>
    [
        .. grid.Ceremony.Trusted().Authorities.Select(authority => authority.Der)
            .Concat(grid.Ceremony.Admins.Select(admin => admin.Certificate.Der))
            .Concat(clusters.SelectMany(cluster => cluster.Nodes).Select(node => node.Certificate).OfType<ReadOnlyMemory<byte>>())
            .Select(der => (JsonNode)Pem(der)),
    ];

    private static JsonNode Document(string kind, byte[] document) => JsonNode.Parse(DocumentFile.Write(kind, document))!;

    private static string Pem(ReadOnlyMemory<byte> der) => PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n";
}
