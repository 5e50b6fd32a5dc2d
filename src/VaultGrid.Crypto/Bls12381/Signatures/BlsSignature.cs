namespace VaultGrid.Crypto.Bls12381;

/// <summary>A signature, an aggregate of signatures, or a proof of possession: an element of G2.</summary>
public sealed class BlsSignature : IEquatable<BlsSignature>
{
    /// <summary>Bytes of a signature.</summary>
    public const int Length = G2Point.CompressedLength;

    /// <summary>Wraps a point.</summary>
    public BlsSignature(G2Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        Point = point;
    }

    /// <summary>The point.</summary>
    public G2Point Point { get; }

    /// <summary>The compressed form, 96 bytes.</summary>
    public ReadOnlySpan<byte> Compressed => Point.Compressed;

    /// <summary>Reads the compressed form: canonical, on the curve, in the group. Infinity is a signature that verifies under no key.</summary>
    /// <returns>The signature, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<BlsSignature> Parse(ReadOnlySpan<byte> compressed) =>
        G2Point.Parse(compressed).Then<BlsSignature>(point => new BlsSignature(point));

    /// <summary>The group's signature from signature shares under indexes of parties; public arithmetic. Check the shares, or the result, before using it.</summary>
    /// <returns>The signature, or <see cref="RefusalCode.InputMalformed"/> for indexes that are 0 or repeat.</returns>
    public static Outcome<BlsSignature> Combine(IReadOnlyList<(BlsScalar Index, BlsSignature Share)> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return BlsLagrange.InTheExponent([.. shares.Select(s => (s.Index, s.Share.Point))]).Then<BlsSignature>(point => new BlsSignature(point));
    }

    /// <inheritdoc/>
    public bool Equals(BlsSignature? other) => other is not null && Point.Equals(other.Point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BlsSignature);

    /// <inheritdoc/>
    public override int GetHashCode() => Point.GetHashCode();

    /// <summary>The compressed form in hex.</summary>
    public override string ToString() => Point.ToString();
}
