namespace VaultGrid.Ceremony.Keys;

/// <summary>How hard a private key file is to guess open: PBES2 with AES-256-CBC under PBKDF2-HMAC-SHA256 (RFC 8018).</summary>
/// <param name="Iterations">Rounds of PBKDF2.</param>
public readonly record struct KeyProtection(int Iterations)
{
    /// <summary>600,000 rounds.</summary>
    public static KeyProtection Standard => new(600_000);

    /// <summary>2,000 rounds, for tests and demonstrations: a stolen file gives a weak passphrase away.</summary>
    public static KeyProtection UnsafeFast => new(2_000);
}
