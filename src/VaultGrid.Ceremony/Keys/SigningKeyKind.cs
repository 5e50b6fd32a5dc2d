namespace VaultGrid.Ceremony.Keys;

/// <summary>The kinds of private key that a ceremony makes.</summary>
public enum SigningKeyKind
{
    /// <summary>NIST P-256.</summary>
    P256,

    /// <summary>RSA of 3072 bits, exponent 65537.</summary>
    Rsa3072,
}
