using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// All that a dealer publishes about a key, for the manifest that the admins approve: clusters and threshold, chain code, Paillier modulus, X_F = x_F·G
/// for every share, and the chain Y_i = x_{F_i}·Y_{i−1} from Y_0 = G to Y_last = X, each step proven. Nothing in it is secret.
/// </summary>
public sealed class DealStatement
{
    /// <summary>The version of the encoding.</summary>
    public const byte Version = 1;

    /// <summary>Bytes of the chain code.</summary>
    public const int ChainCodeLength = 32;

    private const int MaximumModulusLength = 4096 / 8;

    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;

    private readonly byte[] _chainCode;
    private readonly byte[] _modulus;
    private readonly byte[] _bytes;
    private readonly IReadOnlyList<EqualityProof> _proofs;

    internal DealStatement(
        ShareTable table, ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> modulus,
        IReadOnlyList<GroupElement> publicShares, IReadOnlyList<GroupElement> chain, IReadOnlyList<EqualityProof> proofs)
    {
        (Table, PublicShares, Chain, _proofs) = (table, publicShares, chain, proofs);
        (_chainCode, _modulus) = (chainCode.ToArray(), modulus.ToArray());
        PublicKey = new PublicKey(chain[^1].Point);
        _bytes = Write();
        Hash = Hash256.Of("threshold-ecdsa-deal", _bytes);
    }

    /// <summary>Clusters, threshold, and who holds what.</summary>
    public ShareTable Table { get; }

    /// <summary>X.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The chain code of X: 32 bytes.</summary>
    public ReadOnlySpan<byte> ChainCode => _chainCode;

    /// <summary>N, big-endian.</summary>
    public ReadOnlySpan<byte> Modulus => _modulus;

    /// <summary>X_F for every share.</summary>
    public IReadOnlyList<GroupElement> PublicShares { get; }

    /// <summary>The canonical encoding.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The hash of the encoding.</summary>
    public Hash256 Hash { get; }

    /// <summary>The key as root of a BIP-32 tree: its non-hardened children are accounts of this key.</summary>
    public ExtendedPublicKey ExtendedPublicKey => new(PublicKey, [.. _chainCode], default);

    /// <summary>Y_1 to Y_last.</summary>
    internal IReadOnlyList<GroupElement> Chain { get; }

    /// <summary>Reads a statement; <see cref="Verify"/> comes after that.</summary>
    /// <returns>The statement, or a refusal: malformed, or a table that is not supported.</returns>
    public static Outcome<DealStatement> Parse(ReadOnlySpan<byte> bytes)
    {
        var malformed = new Refusal(RefusalCode.InputMalformed, "this is not the statement of a dealer");
        var reader = new CanonicalReader(bytes);
        if (reader.Byte() != Version) return malformed;
        var clusters = new uint[reader.Byte()];
        for (var i = 0; i < clusters.Length; i++) clusters[i] = reader.UInt32();
        var threshold = reader.Byte();
        var chainCode = reader.Fixed(ChainCodeLength);
        var modulus = reader.Bytes(MaximumModulusLength);
        if (chainCode.Length != ChainCodeLength) return malformed;
        if (!ShareTable.Of(clusters, threshold).Is(out var table, out var refusal)) return refusal;

        var publicShares = new GroupElement[table.ShareCount];
        var chain = new GroupElement[table.ShareCount];
        var proofs = new EqualityProof[table.ShareCount];
        for (var i = 0; i < table.ShareCount; i++)
        {
            if (!Group.Decode(reader.Fixed(Group.ElementLength)).Is(out publicShares[i]!, out _)
                || !Group.Decode(reader.Fixed(Group.ElementLength)).Is(out chain[i]!, out _)
                || !Group.DecodeScalar(reader.Fixed(PrimeGroup.ScalarLength)).Is(out var challenge, out _)
                || !Group.DecodeScalar(reader.Fixed(PrimeGroup.ScalarLength)).Is(out var response, out _))
                return malformed;
            proofs[i] = new(challenge, response);
        }
        return reader.Ended ? new DealStatement(table, chainCode, modulus, publicShares, chain, proofs) : malformed;
    }

    /// <summary>Checks every step of the chain, so that the product of the shares behind the X_F is the private key of X.</summary>
    /// <returns>Done, or <see cref="RefusalCode.InputMalformed"/> with the share whose proof fails.</returns>
    public Outcome<Done> Verify()
    {
        for (var i = 0; i < Table.ShareCount; i++)
        {
            var before = i == 0 ? Group.Generator : Chain[i - 1];
            if (!_proofs[i].Verifies(PublicShares[i], before, Chain[i], Context(Table, _chainCode, _modulus, i)))
                return new Refusal(RefusalCode.InputMalformed, $"the proof of the share that clusters {string.Join(", ", Table.Lacking(i))} lack does not hold");
        }
        return default(Done);
    }

    /// <summary>What the proof of one step is bound to.</summary>
    internal static byte[] Context(ShareTable table, ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> modulus, int share) =>
        WriteTerms(table, chainCode, modulus).UInt32((uint)share).ToArray();

    private static CanonicalWriter WriteTerms(ShareTable table, ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> modulus)
    {
        var writer = new CanonicalWriter().Byte(Version).Byte(table.Clusters.Count);
        foreach (var cluster in table.Clusters) writer.UInt32(cluster);
        return writer.Byte(table.Threshold).Fixed(chainCode).Bytes(modulus);
    }

    private byte[] Write()
    {
        var writer = WriteTerms(Table, _chainCode, _modulus);
        for (var i = 0; i < Table.ShareCount; i++)
            writer.Fixed(PublicShares[i].Bytes).Fixed(Chain[i].Bytes).Fixed(_proofs[i].Challenge.Bytes).Fixed(_proofs[i].Response.Bytes);
        return writer.ToArray();
    }
}
