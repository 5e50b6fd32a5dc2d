namespace VaultGrid.Enclave;

/// <summary>Which switches belong to which adapter.</summary>
internal static class AdapterOptions
{
    /// <summary>The kind with a name; null where there is none.</summary>
    public static AdapterKind? Kind(string name) => name switch
    {
        "software" => AdapterKind.Software,
        "pkcs11" => AdapterKind.Pkcs11,
        _ => null,
    };

    /// <summary>What is wrong with the switches of the chosen adapter: one is missing, or one is another adapter's. Null where nothing is.</summary>
    public static string? Check(EnclaveOptions options)
    {
        if (Given(options).FirstOrDefault(given => given.Value && given.Kind != options.Adapter) is { Name: { } foreign } other)
            return $"{foreign} needs --adapter {Name(other.Kind)}";

        return options.Adapter switch
        {
            AdapterKind.Software => (options.SealingKeyFile is null) == (options.PassphraseFile is null)
                ? "one of --sealing-key-file and --passphrase-file is needed"
                : null,
            AdapterKind.Pkcs11 => options is { Pkcs11Module: not null, Pkcs11Token: not null, Pkcs11PinFile: not null }
                ? null
                : "--adapter pkcs11 needs --pkcs11-module, --pkcs11-token and --pkcs11-pin-file",
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Adapter, "Not an adapter."),
        };
    }

    private static string Name(AdapterKind kind) => kind.ToString().ToLowerInvariant();

    private static (AdapterKind Kind, string Name, bool Value)[] Given(EnclaveOptions options) =>
    [
        (AdapterKind.Software, "--sealing-key-file", options.SealingKeyFile is not null),
        (AdapterKind.Software, "--passphrase-file", options.PassphraseFile is not null),
        (AdapterKind.Software, "--unsafe-fast-passphrase", options.UnsafeFastPassphrase),
        (AdapterKind.Pkcs11, "--pkcs11-module", options.Pkcs11Module is not null),
        (AdapterKind.Pkcs11, "--pkcs11-token", options.Pkcs11Token is not null),
        (AdapterKind.Pkcs11, "--pkcs11-pin-file", options.Pkcs11PinFile is not null),
    ];
}
