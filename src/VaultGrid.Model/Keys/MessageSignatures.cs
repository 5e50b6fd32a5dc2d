using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;
using VaultGrid.Crypto.HashToCurve;

namespace VaultGrid.Model;

/// <summary>Verifies what shared keys sign as any ordinary verifier does, from public values alone.</summary>
public static class MessageSignatures
{
    private const int WideLength = 48;

    private static ReadOnlySpan<byte> ChallengeTag => "FROST-secp256k1-SHA256-v1chal"u8;

    /// <summary>True where a signature is one of this key over this message.</summary>
    /// <param name="algorithm"><c>schnorr</c>, <c>taproot</c>, <c>ed25519</c> or <c>bls</c>; anything else verifies nothing.</param>
    /// <param name="publicKey">33 bytes, 32 (x only), 32 and 48: of the account and tweak that signed.</param>
    /// <param name="message">The message.</param>
    /// <param name="signature">65, 64, 64 and 96 bytes.</param>
    public static bool Verify(SigningAlgorithm algorithm, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => algorithm switch
    {
        SigningAlgorithm.Schnorr => VerifySchnorr(publicKey, message, signature),
        SigningAlgorithm.Taproot => XOnlyPublicKey.Parse(publicKey).Is(out var key, out _) && key.Verify(message, signature),
        SigningAlgorithm.Ed25519 => Ed25519.Verify(publicKey, message, signature),
        SigningAlgorithm.Bls => BlsPublicKey.Parse(publicKey).Is(out var key, out _) && BlsSignature.Parse(signature).Is(out var read, out _) && key.Verify(message, read),
        SigningAlgorithm.EcdsaSecp256k1 or SigningAlgorithm.EthereumTransaction => false,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a signing algorithm."),
    };

    // RFC 9591, appendix B and section 6.5: z·G − c·PK = R, c = H2(R ‖ PK ‖ message).
    private static bool VerifySchnorr(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var group = PrimeGroup.Secp256k1;
        if (signature.Length != group.ElementLength + PrimeGroup.ScalarLength
            || !group.Decode(publicKey).Is(out var key, out _)
            || !group.Decode(signature[..group.ElementLength]).Is(out var r, out _)
            || !group.DecodeScalar(signature[group.ElementLength..]).Is(out var z, out _)) return false;
        Span<byte> wide = stackalloc byte[WideLength];
        ExpandMessage.Xmd([.. r.Bytes, .. key.Bytes, .. message], ChallengeTag, wide);
        return group.CombineVarTime(z, key, -group.Reduce(wide)).Equals(r);
    }
}
