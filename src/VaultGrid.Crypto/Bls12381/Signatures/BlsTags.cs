namespace VaultGrid.Crypto.Bls12381;

/// <summary>Domain separation tags (draft-irtf-cfrg-bls-signature, 4.2).</summary>
internal static class BlsTags
{
    /// <summary>Signatures of the proof-of-possession scheme, as in Ethereum's consensus.</summary>
    public static ReadOnlySpan<byte> Signature => "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_"u8;

    /// <summary>Proofs of possession.</summary>
    public static ReadOnlySpan<byte> Possession => "BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_"u8;
}
