namespace VaultGrid.Enclave;

/// <summary>The adapters that an enclave can be started with.</summary>
internal enum AdapterKind
{
    /// <summary>A key file or a passphrase.</summary>
    Software,

    /// <summary>A PKCS#11 token.</summary>
    Pkcs11,

    /// <summary>A TPM 2.0.</summary>
    Tpm,
}
