using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// Deals a key (protocols.md, section 4). The dealer sees the whole key while it runs; the P that it is given goes to every cluster.
/// </summary>
public static class Dealer
{
    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;

    /// <summary>Draws a key that nobody has had before.</summary>
    /// <param name="table">Clusters and threshold.</param>
    /// <param name="paillier">P, drawn for this key.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <returns>The deal, or <see cref="RefusalCode.InputUnsupported"/>: the modulus is too short for the threshold.</returns>
    public static Outcome<Deal> Draw(ShareTable table, PaillierPrivateKey paillier, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        using var key = Group.RandomSecret(random);
        var chainCode = new byte[DealStatement.ChainCodeLength];
        random.GetBytes(chainCode);
        return DealKey(table, paillier, key, chainCode, random);
    }

    /// <summary>Deals a key that exists: the address stays the same, and so do the addresses of its non-hardened children.</summary>
    /// <param name="table">Clusters and threshold.</param>
    /// <param name="paillier">P, drawn for this key.</param>
    /// <param name="key">The private key; stays the caller's, who is to destroy every copy.</param>
    /// <param name="chainCode">Its BIP-32 chain code, 32 bytes; a random one for a key without.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <returns>The deal, or <see cref="RefusalCode.InputUnsupported"/>: the modulus is too short for the threshold.</returns>
    public static Outcome<Deal> Shard(
        ShareTable table, PaillierPrivateKey paillier, PrivateKey key, ReadOnlySpan<byte> chainCode, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        if (chainCode.Length != DealStatement.ChainCodeLength) throw new ArgumentException("A chain code has 32 bytes.", nameof(chainCode));
        using var scalar = Group.DecodeSecret(key.Scalar.Clone()).Value;
        return DealKey(table, paillier, scalar, chainCode, random);
    }

    private static Outcome<Deal> DealKey(
        ShareTable table, PaillierPrivateKey paillier, SecretScalar key, ReadOnlySpan<byte> chainCode, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(paillier);
        if (!paillier.Supports(PlaintextBound.Of(table.Threshold - 1)))
            return new Refusal(RefusalCode.InputUnsupported, $"a modulus of {(int)paillier.Size} bits is too short for a threshold of {table.Threshold}");

        var shares = DrawShares(table.ShareCount, key, random);
        try
        {
            return new Deal(
                Publish(table, paillier, shares, chainCode, random),
                [.. table.Clusters.Select(cluster => new ShareSet(
                    cluster, [.. shares.Select((share, i) => table.Holds(cluster, i) ? share.Clone() : null)]))]);
        }
        finally
        {
            foreach (var share in shares) share.Dispose();
        }
    }

    // All but the last are drawn; the last makes the product the key. None is zero, since the key is not.
    private static SecretScalar[] DrawShares(int count, SecretScalar key, RandomNumberGenerator random)
    {
        var shares = new SecretScalar[count];
        var rest = key.Clone();
        for (var i = 0; i < count - 1; i++)
        {
            shares[i] = Group.RandomSecret(random);
            using var inverse = shares[i].Invert();
            var less = rest.Multiply(inverse);
            rest.Dispose();
            rest = less;
        }
        shares[^1] = rest;
        return shares;
    }

    private static DealStatement Publish(
        ShareTable table, PaillierPrivateKey paillier, SecretScalar[] shares, ReadOnlySpan<byte> chainCode, RandomNumberGenerator random)
    {
        var publicShares = new GroupElement[shares.Length];
        var chain = new GroupElement[shares.Length];
        var proofs = new EqualityProof[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            var before = i == 0 ? Group.Generator : chain[i - 1];
            publicShares[i] = shares[i].TimesGenerator();
            chain[i] = before.Multiply(shares[i]);
            proofs[i] = EqualityProof.Make(
                shares[i], publicShares[i], before, chain[i], DealStatement.Context(table, chainCode, paillier.Modulus, i), random);
        }
        return new DealStatement(table, chainCode, paillier.Modulus, publicShares, chain, proofs);
    }
}
