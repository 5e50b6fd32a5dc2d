namespace VaultGrid.Crypto.Native;

/// <summary>
/// libsecp256k1 0.2.0 with the modules recovery, extrakeys, schnorrsig and ecdh. Opaque objects are byte buffers of the sizes below;
/// C prototypes are from its headers, argument order included: context, outputs, inputs.
/// </summary>
internal static partial class Secp256k1
{
    public const string Library = "secp256k1";

    /// <summary>sizeof(secp256k1_pubkey) and of secp256k1_xonly_pubkey.</summary>
    public const int PublicKeySize = 64;

    /// <summary>sizeof(secp256k1_ecdsa_signature).</summary>
    public const int SignatureSize = 64;

    /// <summary>sizeof(secp256k1_ecdsa_recoverable_signature).</summary>
    public const int RecoverableSignatureSize = 65;

    /// <summary>sizeof(secp256k1_keypair); holds the secret key.</summary>
    public const int KeyPairSize = 96;

    /// <summary>SECP256K1_CONTEXT_NONE: since 0.2.0 every context can do everything.</summary>
    public const uint ContextNone = 1;

    /// <summary>SECP256K1_EC_COMPRESSED.</summary>
    public const uint Compressed = (1 << 1) | (1 << 8);

    /// <summary>SECP256K1_EC_UNCOMPRESSED.</summary>
    public const uint Uncompressed = 1 << 1;
}
