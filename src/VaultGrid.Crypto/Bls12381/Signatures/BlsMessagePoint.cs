namespace VaultGrid.Crypto.Bls12381;

/// <summary>A message hashed to G2 under the signature tag, and its lines for pairings: what signing and verifying with many keys can share.</summary>
public sealed class BlsMessagePoint
{
    private PreparedG2? _prepared;

    /// <summary>Hashes the message.</summary>
    public BlsMessagePoint(ReadOnlySpan<byte> message) => Point = G2Point.Hash(message, BlsTags.Signature);

    /// <summary>H(m).</summary>
    public G2Point Point { get; }

    internal PreparedG2 Prepared => _prepared ??= new PreparedG2(Point);
}
