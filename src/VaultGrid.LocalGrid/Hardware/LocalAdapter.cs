namespace VaultGrid.LocalGrid;

/// <summary>What the enclaves of a grid on this machine rest on. The hardware is emulated: it behaves like the real one and protects nothing.</summary>
public enum LocalAdapter
{
    /// <summary>A key file for each node.</summary>
    Software,

    /// <summary>A token of SoftHSM2 for each node (package softhsm2).</summary>
    Pkcs11,

    /// <summary>A TPM of swtpm for each node (packages swtpm, libtss2-tcti-swtpm0).</summary>
    Tpm,
}
