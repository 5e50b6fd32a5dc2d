using System.Security.Cryptography;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What administrators' own machines have: CAs with their lists, administrators with keys, requests and approvals. Two clusters, or as many as asked for.</summary>
internal sealed class TestGrid
{
    private ulong _requests;

    public TestGrid(DateTimeOffset start, int admins = 3, int quorum = 2, int clusters = 2)
    {
        Start = DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds());
        Root = Authority(null, CertificateIdentity.Authority(CertificateRole.Root));
        AdminCa = Authority(Root, CertificateIdentity.Authority(CertificateRole.AdminCa));
        OperatorCa = Authority(Root, CertificateIdentity.Authority(CertificateRole.OperatorCa));
        RelayCa = Authority(Root, CertificateIdentity.Authority(CertificateRole.RelayCa));
        DeviceCa = Authority(Root, CertificateIdentity.Authority(CertificateRole.DeviceCa));
        Clusters = [.. Enumerable.Range(1, clusters).Select(number => Authority(DeviceCa, CertificateIdentity.ClusterAuthority(new ClusterId((uint)number))))];
        Admins = [.. Enumerable.Range(1, admins).Select(number => Leaf(AdminCa, CertificateIdentity.Admin((uint)number)))];
        AdminPolicy = Policy(KeyId.Provisioning, quorum, Admins);
    }

    public DateTimeOffset Start { get; }

    /// <summary>The time by which requests are made.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

    public ForgedCertificate Root { get; }

    public ForgedCertificate AdminCa { get; }

    public ForgedCertificate OperatorCa { get; }

    public ForgedCertificate RelayCa { get; }

    public ForgedCertificate DeviceCa { get; }

    public IReadOnlyList<ForgedCertificate> Clusters { get; }

    public IReadOnlyList<ForgedCertificate> Admins { get; }

    public KeyPolicy AdminPolicy { get; }

    public IEnumerable<ForgedCertificate> Authorities => [Root, AdminCa, OperatorCa, RelayCa, DeviceCa, .. Clusters];

    /// <summary>All CAs with list 1, empty.</summary>
    public byte[] Bundle() => Bundle([.. Authorities.Select(ca => ca.List(1, Start))]);

    /// <summary>All CAs with given lists.</summary>
    public byte[] Bundle(params byte[][] lists) => new AuthorityBundle(
        [.. Authorities.Select(ca => new ReadOnlyMemory<byte>(ca.Der))], [.. lists.Select(list => new ReadOnlyMemory<byte>(list))]).ToBytes();

    public ForgedCertificate Leaf(ForgedCertificate issuer, CertificateIdentity identity) => new(identity, issuer, Start);

    /// <summary>The device certificate that answers a certificate request.</summary>
    public ForgedCertificate Device(ReadOnlySpan<byte> request)
    {
        var asked = DeviceRequest.Parse(request).Value;
        AsymmetricAlgorithm key = asked.Key.IsRsa ? RSA.Create() : ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(asked.Key.Spki.Span, out _);
        return new ForgedCertificate(CertificateIdentity.Device(asked.Node), Clusters[(int)asked.Node.Cluster.Number - 1], Start) { Key = key };
    }

    public static KeyPolicy Policy(KeyId keyId, int quorum, IEnumerable<ForgedCertificate> admins, KeyPolicy? after = null, params string[] paths) => new()
    {
        KeyId = keyId,
        Number = (after?.Number ?? 0) + 1,
        Predecessor = after?.Hash(),
        Quorum = quorum,
        Admins = [.. admins.Select(admin => PolicyAdmin.Of(admin.Parsed)).OrderBy(admin => admin.Identity, StringComparer.Ordinal)],
        Algorithms = paths.Length == 0 ? [] : [SigningAlgorithm.EcdsaSecp256k1, SigningAlgorithm.EthereumTransaction],
        Paths = [.. paths.Select(Pattern)],
    };

    /// <summary>The usual policy of a key: two of all administrators, Ethereum accounts.</summary>
    public KeyPolicy KeyPolicy(string keyId = "treasury", KeyPolicy? after = null) =>
        Policy(KeyId.Parse(keyId), 2, Admins, after, "m/44'/60'/*'/0/*");

    public RequestId NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, ++_requests);
        return RequestId.FromRandom(bytes);
    }

    public Approval Approve(RequestDocument document, ForgedCertificate admin) => ApproveBytes(document.Hash, admin);

    public static Approval ApproveBytes(Hash256 request, ForgedCertificate admin)
    {
        var statement = ApprovalStatement.For(request);
        return new Approval(admin.Der, ((ECDsa)admin.Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>The first two administrators approve.</summary>
    public PerformCall Approved(Request request, byte[]? document = null)
    {
        var written = RequestDocument.Of(request);
        return new PerformCall(written.Utf8, [Approve(written, Admins[0]), Approve(written, Admins[1])], document);
    }

    public CreateKeyRequest CreateKey(KeyPolicy first, uint node = 1, KeyPolicy? admins = null, uint cluster = 1) => new()
    {
        KeyId = first.KeyId, Kind = KeyKind.Bip32, Node = node, FirstPolicy = first.Hash(), Id = NextId(), Cluster = new ClusterId(cluster),
        Policy = (admins ?? AdminPolicy).Hash(), Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "a key for tests",
    };

    public ChangeMembershipRequest ChangeMembership(MembershipRecord next, Hash256? replaces = null, uint cluster = 1) => new()
    {
        Membership = next.Hash(), Replaces = replaces, Id = NextId(), Cluster = new ClusterId(cluster), Policy = AdminPolicy.Hash(),
        Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "the nodes of the cluster",
    };

    public ChangePolicyRequest ChangePolicy(Hash256 key, KeyPolicy from, KeyPolicy to) => new()
    {
        Key = key, NextPolicy = to.Hash(), Replaces = from.Hash(), Id = NextId(), Cluster = new ClusterId(1), Policy = from.Hash(),
        Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "another policy",
    };

    public ChangeAdminsRequest ChangeAdmins(KeyPolicy from, KeyPolicy to) => new()
    {
        NextPolicy = to.Hash(), Replaces = from.Hash(), Id = NextId(), Cluster = new ClusterId(1), Policy = from.Hash(),
        Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "other administrators",
    };

    public RetireNodeRequest Retire(uint node, Hash256 deviceKey) => new()
    {
        Node = node, Replaces = deviceKey, Id = NextId(), Cluster = new ClusterId(1), Policy = AdminPolicy.Hash(),
        Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "the node retires",
    };

    public RestoreNodeRequest Restore(uint node, Hash256 versionedPart) => new()
    {
        Node = node, Replaces = versionedPart, Id = NextId(), Cluster = new ClusterId(1), Policy = AdminPolicy.Hash(),
        Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "the node goes on",
    };

    public ClearAlarmsRequest ClearAlarms(NodeId node, Hash256 key, Hash256 alarms, params NodeId[] about) => new()
    {
        Node = node.Index, Key = key, Nodes = [.. about], Replaces = alarms, Id = NextId(), Cluster = node.Cluster, Policy = AdminPolicy.Hash(),
        Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "looked into",
    };

    public SignRequest Sign(Hash256 key, KeyPolicy policy, SigningSubject? subject = null, string path = "m/44'/60'/0'/0/0") => new()
    {
        Key = key, Path = DerivationPath.Parse(path).Value, Subject = subject ?? new SigningSubject.Digest(Hash256.Sha256([1, 2, 3])), Id = NextId(),
        Cluster = new ClusterId(1), Policy = policy.Hash(), Revocations = 1, Expires = In(TimeSpan.FromHours(1)), Purpose = "a payment",
    };

    public static MembershipRecord Membership(uint[] nodes, MembershipRecord? after = null, uint cluster = 1)
    {
        var (write, read) = MembershipRecord.Witnesses(nodes.Length);
        return new MembershipRecord
        {
            Cluster = new ClusterId(cluster), Number = (after?.Number ?? 0) + 1, Predecessor = after?.Hash(), Nodes = [.. nodes],
            WriteWitnesses = write, ReadWitnesses = read,
        };
    }

    public DateTimeOffset In(TimeSpan life) => DateTimeOffset.FromUnixTimeSeconds((Now + life).ToUnixTimeSeconds());

    private static PathPattern Pattern(string text) => PathPattern.TryParse(text, out var pattern) ? pattern : throw new FormatException(text);

    private ForgedCertificate Authority(ForgedCertificate? issuer, CertificateIdentity identity) => new(identity, issuer, Start);
}
