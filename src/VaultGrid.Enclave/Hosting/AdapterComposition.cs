namespace VaultGrid.Enclave;

/// <summary>Opens the adapter that the command line chose.</summary>
internal static class AdapterComposition
{
    /// <summary>The adapter, or why it can't be had: <c>store.sealed</c>.</summary>
    public static Outcome<IVaultAdapter> Open(EnclaveOptions options) => options.Adapter switch
    {
        AdapterKind.Software => Software(options),
        AdapterKind.Pkcs11 => Token(options),
        AdapterKind.Tpm => Tpm(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Adapter, "Not an adapter."),
    };

    /// <summary>What remembers the store's version; null for nothing.</summary>
    public static IVersionGuard? Guard(IVaultAdapter adapter, StoreDirectory directory, EnclaveOptions options) => adapter is TpmAdapter tpm
        ? tpm.Guard(directory.StorePath)
        : options.VersionGuard is { } path ? new FileVersionGuard(path) : null;

    private static Outcome<IVaultAdapter> Token(EnclaveOptions options) =>
        Pkcs11Adapter.Open(options.Pkcs11Module!, options.Pkcs11Token!, options.Pkcs11PinFile!).Is(out var adapter, out var refusal) ? adapter : refusal;

    private static Outcome<IVaultAdapter> Tpm(EnclaveOptions options) =>
        TpmAdapter.Open(options.TpmTcti!, options.TpmPcrs!.Value, options.TpmNvIndex ?? TpmCounter.Usual).Is(out var adapter, out var refusal) ? adapter : refusal;

    private static Outcome<IVaultAdapter> Software(EnclaveOptions options)
    {
        var cost = options.UnsafeFastPassphrase ? Argon2idCost.UnsafeFast : Argon2idCost.Default;
        Refusal? refusal;
        if (options.SealingKeyFile is { } file)
            return KeyFileSecret.Read(file).Is(out var key, out refusal) ? new SoftwareAdapter(key) : refusal;
        return PassphraseSecret.Read(options.PassphraseFile!, cost).Is(out var passphrase, out refusal) ? new SoftwareAdapter(passphrase) : refusal;
    }
}
