using VaultGrid.Crypto.Groups;
using VaultGrid.Model.Certificates;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Frost;

namespace VaultGrid.Client.Secrets;

/// <summary>The public side of a shared key in its version in force, as enough of its holders' D keys sign it.</summary>
public sealed class VerifiedKey
{
    private VerifiedKey(BirthRecord birth, KeyPolicy policy, ClusterSet? clusters, ClusterId cluster, CertifiedVersion certified, SharedKey shared) =>
        (Birth, Policy, Clusters, Cluster, Certified, Shared) = (birth, policy, clusters, cluster, certified, shared);

    /// <summary>The birth record.</summary>
    public BirthRecord Birth { get; }

    /// <summary>The hash that calls and requests name the key by.</summary>
    public Hash256 Key => Certified.Version.Key;

    /// <summary>The policy in force, as the evidence has it: a hint; enclaves go by their own.</summary>
    public KeyPolicy Policy { get; }

    /// <summary>The holders' clusters, which calls and requests to sign are for; null where there is one.</summary>
    public ClusterSet? Clusters { get; }

    /// <summary>The cluster, or the first.</summary>
    public ClusterId Cluster { get; }

    /// <summary>The version.</summary>
    public CertifiedVersion Certified { get; }

    /// <summary>Public key, chain code, public shares.</summary>
    public SharedKey Shared { get; }

    /// <summary>The key as its verifiers have it.</summary>
    public ReadOnlyMemory<byte> PublicKey => Certified.Version.PublicKey;

    /// <summary>
    /// Checks the evidence: the birth record has the hash that was asked for; f + 1 holders state the version now, under certificates that chain to the root and are not
    /// revoked; a quorum of its holders voted for it; the public side belongs to the public key, and the key's name to the first version's fingerprint.
    /// </summary>
    /// <param name="key">The hash of the birth record that is wanted: whoever has it from a trusted source needs to trust nobody else.</param>
    /// <param name="evidence">What the grid answered.</param>
    /// <param name="authorities">CAs and lists to go by.</param>
    /// <param name="now">The time.</param>
    /// <returns>The key; <c>key.unknown</c> for evidence of another, <c>session.mismatch</c> for evidence that proves nothing.</returns>
    public static Outcome<VerifiedKey> Verify(Hash256 key, SharedKeyEvidence evidence, TrustedAuthorities authorities, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (!EvidenceReader.Read(evidence).Is(out var read, out var refusal)) return refusal;
        var (certified, birthEvidence) = read;
        if (!BirthRecord.Parse(birthEvidence.Birth.Document.Span).Is(out var birth, out refusal)) return refusal;
        if (birth.Hash() != key || certified.Version.Key != key) return new Refusal(RefusalCode.KeyUnknown, "the grid answered for another key");
        if (!VersionCheck.Check(certified, evidence.Statements, authorities, now).Is(out _, out refusal)) return refusal;
        if (!SharedKey.Parse(GroupOf(birth.Kind), certified.Version.Shared.Span).Is(out var shared, out refusal)) return refusal;
        if (!PublicBytes.Equal(Encoded(birth.Kind, shared), certified.Version.PublicKey.Span)) return new Refusal(RefusalCode.SessionMismatch, "the public side is not that of the public key");
        List<ClusterId> clusters = [.. certified.Version.Holders.Select(holder => holder.Node.Cluster).Distinct().OrderBy(cluster => cluster.Number)];
        var policy = birthEvidence.Changes.Count == 0 ? birthEvidence.FirstPolicy : birthEvidence.Changes[^1].Document;
        return KeyPolicy.Parse(policy.Span).Then<VerifiedKey>(
            parsed => new VerifiedKey(birth, parsed, ClusterSet.TryCreate(clusters, out var several) ? several : null, clusters[0], certified, shared));
    }

    /// <summary>The public key of an account or Taproot output of this key, as its verifiers have it.</summary>
    public Outcome<byte[]> PublicKeyOf(DerivationPath path, TaprootTweak? tweak)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (SuiteOf(Birth.Kind) is not { } suite)
            return path.Steps.Length == 0 ? PublicKey.ToArray() : new Refusal(RefusalCode.InputUnsupported, $"a key of kind '{Birth.Kind.Name()}' has no accounts");
        if (!SigningKey.Of(suite, Shared).Derive(path.Steps).Is(out var account, out var refusal)) return refusal;
        if (tweak is not { IsOutput: true } output) return account.Encoded;
        return account.TaprootOutput(output.MerkleRoot).Then<byte[]>(tweaked => tweaked.Encoded);
    }

    private static PrimeGroup GroupOf(KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 or KeyKind.Taproot => PrimeGroup.Secp256k1,
        KeyKind.Ed25519 => PrimeGroup.Ed25519,
        KeyKind.Bls => PrimeGroup.Bls12381G1,
        KeyKind.Dise => PrimeGroup.Ristretto255,
        KeyKind.Bip32 or KeyKind.ThresholdEcdsa => throw new ArgumentException("Not a kind of shared key.", nameof(kind)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    };

    private static FrostSuite? SuiteOf(KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 => FrostSuite.Secp256k1,
        KeyKind.Taproot => FrostSuite.Taproot,
        KeyKind.Ed25519 => FrostSuite.Ed25519,
        KeyKind.Bls or KeyKind.Dise or KeyKind.Bip32 or KeyKind.ThresholdEcdsa => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    };

    private static byte[] Encoded(KeyKind kind, SharedKey shared) =>
        SuiteOf(kind) is { } suite ? SigningKey.Of(suite, shared).Encoded : shared.PublicKey.Bytes.ToArray();
}
