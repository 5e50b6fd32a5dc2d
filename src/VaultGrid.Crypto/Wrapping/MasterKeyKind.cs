namespace VaultGrid.Crypto;

/// <summary>What a Domain's master key is. The numbers are frozen.</summary>
public enum MasterKeyKind : byte
{
    /// <summary>Encrypts files and data: 32 bytes; no public half.</summary>
    Aes256 = 1,

    /// <summary>Ed25519 (RFC 8032): a seed of 32 bytes; public 32 bytes.</summary>
    Ed25519 = 2,

    /// <summary>ECDSA on P-256: a scalar of 32 bytes; public 65 bytes, uncompressed.</summary>
    EcdsaP256 = 3,

    /// <summary>ECDSA on secp256k1: a scalar of 32 bytes; public 33 bytes, compressed.</summary>
    EcdsaSecp256k1 = 4,

    /// <summary>RSA of 3072 bits: PrivateKeyInfo in DER; public SubjectPublicKeyInfo in DER.</summary>
    Rsa3072 = 5,
}
