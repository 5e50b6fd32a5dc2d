using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests.Trusts;

/// <summary>Four HSMs of two clusters, five operators, three administrators: everybody's keys, and short ways to sign with them.</summary>
internal sealed class TrustGrid
{
    public static readonly DateTimeOffset Now = ForgedGrid.Now;
    public static readonly TrustId Id = TrustId.FromRandom(SHA256.HashData("chain"u8).AsSpan(0, 16));

    public static readonly TrustGrid Shared = new();

    public TrustGrid()
    {
        Hsms = [Device(Grid.ClusterOne, "1/1"), Device(Grid.ClusterOne, "1/2"), Device(Grid.ClusterTwo, "2/1"), Device(Grid.ClusterTwo, "2/2")];
        WrapKeys = [.. Hsms.Select(_ => WrapKey.Generate(WrapKeyKind.P256))];
        Operators = [.. Enumerable.Range(1, 5).Select(i => Operator((uint)i))];
        Admins = [.. Enumerable.Range(1, 3).Select(i => ForgedGrid.Under(Grid.AdminCa, CertificateIdentity.Admin((uint)i)))];
        AdminPolicy = new KeyPolicy
        {
            KeyId = KeyId.Provisioning, Number = 1, Predecessor = null, Quorum = 2,
            Admins = [.. Admins.Select(admin => PolicyAdmin.Of(admin.Parsed)).OrderBy(admin => admin.Identity, StringComparer.Ordinal)],
            Algorithms = [], Paths = [],
        };
        Verifier = VerifierOf(Grid.Trusted);
    }

    public ForgedGrid Grid { get; } = ForgedGrid.Shared;

    public IReadOnlyList<ForgedCertificate> Hsms { get; }

    public IReadOnlyList<WrapKey> WrapKeys { get; }

    public IReadOnlyList<ForgedCertificate> Operators { get; }

    public IReadOnlyList<ForgedCertificate> Admins { get; }

    public KeyPolicy AdminPolicy { get; }

    public TrustVerifier Verifier { get; }

    public TrustVerifier VerifierOf(TrustedAuthorities authorities) =>
        new(authorities, hash => hash == AdminPolicy.Hash() ? AdminPolicy : null, new CertificateCache());

    public ForgedCertificate Operator(uint number) => ForgedGrid.Under(Grid.OperatorCa, CertificateIdentity.Operator(number));

    public static ForgedCertificate Device(ForgedCertificate cluster, string node) => ForgedGrid.Under(cluster, CertificateIdentity.Device(NodeId.Parse(node)));

    public static byte[] Sign(ForgedCertificate signer, byte[] statement) =>
        ((ECDsa)signer.Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    // Signed once: signatures differ each time and are part of the body, so one content gives one body.
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(int, TrustId), TrustHsm> _hsms = new();

    public TrustHsm Hsm(int index, TrustId? chain = null) => _hsms.GetOrAdd(
        (index, chain ?? Id), place => Hsm(Hsms[place.Item1], WrapKeys[place.Item1].Public, place.Item2));

    public static TrustHsm Hsm(ForgedCertificate device, WrapPublicKey wrapKey, TrustId? chain = null) => new(
        device.Parsed, wrapKey, Sign(device, TrustHsm.Statement(chain ?? Id, device.Parsed.Key, wrapKey)));

    /// <summary>A body over HSMs and operators by their places in the lists.</summary>
    public TrustBody Body(TrustBody? predecessor, int[] hsms, int[] operators, int quorum, TrustId? chain = null) => TrustBody.Create(
        predecessor, chain ?? Id, hsms.Select(index => Hsm(index, chain)), operators.Select(index => Operators[index].Parsed), quorum).Value;

    public static OperatorSignature Signed(ForgedCertificate signer, Hash256 trust) => new(signer.Parsed, Sign(signer, OperatorSignature.Statement(trust)));

    public Trust SignedBy(Trust trust, params int[] operators) =>
        operators.Aggregate(trust, (gathered, index) => gathered.With(Signed(Operators[index], trust.Hash)).Value);

    public Trust Sealed(Trust trust, int hsm = 0, DateTimeOffset? time = null) => Sealed(trust, Hsms[hsm], time);

    public static Trust Sealed(Trust trust, ForgedCertificate device, DateTimeOffset? time = null) => trust.With(
        new HsmSeal(device.Parsed, time ?? Now, Sign(device, HsmSeal.ForTrust(trust.Hash, time ?? Now))));

    /// <summary>HSMs 0 to 2, operators 0 to 4, quorum 3, signed by the first three: a first Trust that counts.</summary>
    public Trust First() => Sealed(SignedBy(Trust.Of(Body(null, [0, 1, 2], [0, 1, 2, 3, 4], 3)), 0, 1, 2));

    /// <summary>Its successor: HSMs 0, 1 and 3.</summary>
    public Trust Second(Trust first) => Sealed(SignedBy(Trust.Of(Body(first.Body, [0, 1, 3], [0, 1, 2, 3, 4], 3)), 1, 2, 3), hsm: 1, Now.AddHours(1));

    public BootstrapApproval Approval(Hash256 trust, Hash256? replaces, uint cluster = 1, params int[] admins)
    {
        var request = RequestDocument.Of(new BootstrapTrustRequest
        {
            Trust = trust, Replaces = replaces,
            Id = RequestId.FromRandom(SHA256.HashData(trust.AsSpan()).AsSpan(0, 16)), Cluster = new ClusterId(cluster), Policy = AdminPolicy.Hash(),
            Revocations = 1, Expires = Now.AddDays(2), Purpose = "the first Trust",
        });
        return new BootstrapApproval(request, [.. admins.Select(index => new Approval(Admins[index].Der, Sign(Admins[index], ApprovalStatement.For(request.Hash))))]);
    }

    public Trust Bootstrap()
    {
        var trust = Trust.Of(Body(null, [0, 1, 2], [], 0));
        return Sealed(trust.With(Approval(trust.Hash, null, 1, 0, 1)));
    }

    public Trust AfterBootstrap(Trust bootstrap)
    {
        var trust = Trust.Of(Body(bootstrap.Body, [0, 1, 2], [0, 1, 2, 3, 4], 3));
        return Sealed(SignedBy(trust, 0, 1, 2).With(Approval(trust.Hash, bootstrap.Hash, 1, 1, 2)), time: Now.AddHours(1));
    }

    public DomainKeys NewKeys(TrustChain chain, MasterKeyKind kind = MasterKeyKind.Aes256, string owner = "", string name = "domain") =>
        DomainVault.Create(DomainId.FromRandom(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)), chain.First, chain.Newest.Body, kind, owner);

    public Domain SealedDomain(Trust trust, DomainKeys keys, int hsm = 0) => new(
        trust, keys, new HsmSeal(Hsms[hsm].Parsed, Now.AddHours(2), Sign(Hsms[hsm], HsmSeal.ForDomain(keys.Hash, Now.AddHours(2)))));

    public Signatory Self(int hsm) => Signatory.Of(Hsms[hsm].Parsed);
}
