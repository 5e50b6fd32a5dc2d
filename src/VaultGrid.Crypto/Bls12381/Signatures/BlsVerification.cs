namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// A verification that is begun before its signature is there (CoreVerify, draft-irtf-cfrg-bls-signature 2.7): the loop of e(pk, H(m)), half of the work. What is left is the loop of
/// e(g1, σ) and the final exponentiation.
/// </summary>
public sealed class BlsVerification
{
    private readonly Fp12 _ofMessage;

    /// <summary>Hashes the message and pairs it with the key.</summary>
    public BlsVerification(BlsPublicKey key, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(key);
        _ofMessage = Pairing.Loop((key.Point, new PreparedG2(G2Point.Hash(message, BlsTags.Signature))));
    }

    /// <summary>True if the signature is the key's over the message; asked as often as one likes.</summary>
    public bool Accepts(BlsSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return FinalExponentiation.Run(_ofMessage * Pairing.Loop((BlsPublicKey.NegativeGenerator, new PreparedG2(signature.Point)))).Equals(Fp12.One);
    }
}
