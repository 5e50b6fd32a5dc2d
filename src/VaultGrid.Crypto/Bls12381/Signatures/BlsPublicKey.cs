namespace VaultGrid.Crypto.Bls12381;

/// <summary>A public key: an element of G1 other than infinity (KeyValidate, draft-irtf-cfrg-bls-signature 2.5, passed).</summary>
public sealed class BlsPublicKey : IEquatable<BlsPublicKey>
{
    /// <summary>Bytes of a public key.</summary>
    public const int Length = G1Point.CompressedLength;

    internal static readonly G1Point NegativeGenerator = G1Point.Generator.Negate();

    internal BlsPublicKey(G1Point point) => Point = point;

    /// <summary>The point.</summary>
    public G1Point Point { get; }

    /// <summary>The compressed form, 48 bytes.</summary>
    public ReadOnlySpan<byte> Compressed => Point.Compressed;

    /// <summary>Reads the compressed form: canonical, on the curve, in the group, not infinity.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<BlsPublicKey> Parse(ReadOnlySpan<byte> compressed) => G1Point.Parse(compressed).Then(From);

    /// <summary>Makes a key of a point.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/> for infinity.</returns>
    public static Outcome<BlsPublicKey> From(G1Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return point.IsIdentity
            ? new Refusal(RefusalCode.InputMalformed, "the point at infinity is no public key")
            : new BlsPublicKey(point);
    }

    /// <summary>True if the signature is this key's over the message (CoreVerify, 2.7).</summary>
    public bool Verify(ReadOnlySpan<byte> message, BlsSignature signature) => Verify(message, BlsTags.Signature, signature);

    /// <summary>The same for a message that was hashed before.</summary>
    public bool Verify(BlsMessagePoint message, BlsSignature signature)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(signature);
        return Check(message.Prepared, signature);
    }

    /// <summary>True if whoever made the proof held the secret key (PopVerify, 3.3.3). Aggregates are sound for keys that passed this only.</summary>
    public bool VerifyPossession(BlsSignature proof) => Verify(Compressed, BlsTags.Possession, proof);

    /// <inheritdoc/>
    public bool Equals(BlsPublicKey? other) => other is not null && Point.Equals(other.Point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BlsPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Point.GetHashCode();

    /// <summary>The compressed form in hex.</summary>
    public override string ToString() => Point.ToString();

    internal bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag, BlsSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return Check(new PreparedG2(G2Point.Hash(message, tag)), signature);
    }

    // e(pk, H(m)) = e(g1, σ)
    private bool Check(PreparedG2 hashed, BlsSignature signature) =>
        Pairing.IsProductOne((Point, hashed), (NegativeGenerator, new PreparedG2(signature.Point)));
}
