namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// Many signatures as one (draft-irtf-cfrg-bls-signature, 2.8, 2.9, 3.3.4). Sound only for public keys whose possession was proved
/// (<see cref="BlsPublicKey.VerifyPossession"/>): otherwise a key can be chosen to cancel others.
/// </summary>
public static class BlsAggregate
{
    /// <summary>Bytes of randomness that <see cref="VerifyBatch"/> wants for each signature.</summary>
    public const int CoefficientLength = 16;

    /// <summary>The sum of signatures (Aggregate, 2.8).</summary>
    /// <param name="signatures">At least one.</param>
    public static BlsSignature Aggregate(IReadOnlyList<BlsSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentOutOfRangeException.ThrowIfZero(signatures.Count, nameof(signatures));
        return new(G2Point.Sum([.. signatures.Select(s => s.Point)]));
    }

    /// <summary>True if all keys signed the one message (FastAggregateVerify, 3.3.4). False for no keys, and for keys that cancel out.</summary>
    public static bool Verify(IReadOnlyList<BlsPublicKey> keys, ReadOnlySpan<byte> message, BlsSignature signature)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Count > 0
            && BlsPublicKey.From(G1Point.Sum([.. keys.Select(k => k.Point)])).Is(out var sum, out _)
            && sum.Verify(message, signature);
    }

    /// <summary>True if each key signed its message (AggregateVerify, 2.9). False for none.</summary>
    public static bool Verify(IReadOnlyList<(BlsPublicKey Key, BlsMessagePoint Message)> signed, BlsSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signed);
        ArgumentNullException.ThrowIfNull(signature);
        if (signed.Count == 0) return false;
        var pairs = signed.Select(s => (s.Key.Point, s.Message.Prepared)).ToList();
        pairs.Add((G1Point.Generator.Negate(), new PreparedG2(signature.Point)));
        return Pairing.IsProductOne([.. pairs]);
    }

    /// <summary>
    /// True if every signature verifies by itself, found out with one final exponentiation: Σ over random c_i of c_i times each equation. A set with a bad one in it
    /// passes with a chance of 2^-127, if the randomness was unknown to whoever made the signatures.
    /// </summary>
    /// <param name="signed">Key, message and signature of each; none verify.</param>
    /// <param name="randomness">16 fresh random bytes for each.</param>
    public static bool VerifyBatch(
        IReadOnlyList<(BlsPublicKey Key, BlsMessagePoint Message, BlsSignature Signature)> signed, ReadOnlySpan<byte> randomness)
    {
        ArgumentNullException.ThrowIfNull(signed);
        if (randomness.Length != signed.Count * CoefficientLength)
            throw new ArgumentException($"Batch verification takes {CoefficientLength} random bytes for each signature.", nameof(randomness));
        if (signed.Count == 0) return false;

        Span<byte> wide = stackalloc byte[BlsScalar.Length];
        var coefficients = new BlsScalar[signed.Count];
        for (var i = 0; i < coefficients.Length; i++)
        {
            wide.Clear();
            randomness.Slice(i * CoefficientLength, CoefficientLength).CopyTo(wide[^CoefficientLength..]);

            // Odd, so never 0, which would leave a signature out.
            wide[^1] |= 1;
            coefficients[i] = BlsScalar.Parse(wide).Value;
        }

        var pairs = signed.Select((s, i) => (s.Key.Point.MultiplyVarTime(coefficients[i]), s.Message.Prepared)).ToList();
        var sum = G2Point.LinearCombinationVarTime([.. signed.Select(s => s.Signature.Point)], coefficients);
        pairs.Add((G1Point.Generator.Negate(), new PreparedG2(sum)));
        return Pairing.IsProductOne([.. pairs]);
    }
}
