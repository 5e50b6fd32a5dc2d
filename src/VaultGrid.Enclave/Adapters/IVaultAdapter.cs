namespace VaultGrid.Enclave;

/// <summary>
/// What an enclave rests on: something that gives the key which seals its store, and that makes and holds its D key. Software, PKCS#11 HSM,
/// TPM. Every adapter passes the same conformance suite.
/// </summary>
internal interface IVaultAdapter : IDisposable
{
    /// <summary>Its name in the store's header and in the status: <c>software</c>, <c>pkcs11</c>, <c>tpm</c>.</summary>
    string Kind { get; }

    /// <summary>Public parameters for a new store, kept in its header: a salt and costs, or what the hardware wrapped. At most 4 KiB.</summary>
    byte[] NewParameters();

    /// <summary>The key that seals a store with these parameters.</summary>
    /// <returns>32 bytes, or <c>store.sealed</c> where this adapter can't have made them.</returns>
    Outcome<SecretBytes> SealingKey(ReadOnlySpan<byte> parameters);

    /// <summary>Makes a D key.</summary>
    /// <returns>What the store keeps, sealed, to find it again: in software the key itself, for hardware the name of an object.</returns>
    SecretBytes CreateDeviceKey(DeviceKeyAlgorithm algorithm);

    /// <summary>Finds a D key again.</summary>
    /// <returns>The key, or <c>store.sealed</c> where it isn't this adapter's.</returns>
    Outcome<IDeviceKey> OpenDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle);

    /// <summary>A quote of what this host has measured, over 32 bytes of the enclave's choice; null where there is nothing that could make one.</summary>
    TpmQuote? Quote(Hash256 data) => null;

    /// <summary>Destroys a D key for good; one that is gone already stays gone.</summary>
    void DestroyDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle);
}
