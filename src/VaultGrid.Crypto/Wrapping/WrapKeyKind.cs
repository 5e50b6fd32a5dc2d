namespace VaultGrid.Crypto;

/// <summary>The kinds of wrap keys, which tokens are encrypted to. The numbers are frozen.</summary>
public enum WrapKeyKind : byte
{
    /// <summary>ECDH on P-256, HKDF-SHA256, AES-256-GCM (<see cref="SealedBox"/>).</summary>
    P256 = 1,

    /// <summary>RSA-OAEP with SHA-256 and a modulus of 3072 bits.</summary>
    Rsa3072 = 2,
}
