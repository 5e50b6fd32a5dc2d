namespace VaultGrid.Ceremony.Authorities;

/// <summary>Why a certificate is revoked (RFC 5280 §5.3.1). It tells people something; a verifier treats all alike.</summary>
public enum RevocationReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>The key is, or may be, in other hands.</summary>
    KeyCompromise = 1,

    /// <summary>The same of a CA.</summary>
    CaCompromise = 2,

    /// <summary>The holder has another role or place now.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>No longer in use.</summary>
    CessationOfOperation = 5,
}
