using System.Globalization;

namespace VaultGrid.Enclave;

/// <summary>Which switches belong to which adapter.</summary>
internal static class AdapterOptions
{
    /// <summary>The kind with a name; null where there is none.</summary>
    public static AdapterKind? Kind(string name) => name switch
    {
        "software" => AdapterKind.Software,
        "pkcs11" => AdapterKind.Pkcs11,
        "tpm" => AdapterKind.Tpm,
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
            AdapterKind.Tpm when options.VersionGuard is not null => "--version-guard is not for --adapter tpm, which guards the store with a counter of the TPM",
            AdapterKind.Tpm => options is { TpmTcti: not null, TpmPcrs: not null } ? null : "--adapter tpm needs --tpm-tcti and --tpm-pcrs",
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Adapter, "Not an adapter."),
        };
    }

    /// <summary>An NV index that belongs to a TPM's owner, as 0x and up to eight hex digits; null where it is none.</summary>
    public static uint? NvIndex(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
        && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var index)
        && index is >= TpmCounter.First and <= TpmCounter.Last
            ? index
            : null;

    private static string Name(AdapterKind kind) => kind.ToString().ToLowerInvariant();

    private static (AdapterKind Kind, string Name, bool Value)[] Given(EnclaveOptions options) =>
    [
        (AdapterKind.Software, "--sealing-key-file", options.SealingKeyFile is not null),
        (AdapterKind.Software, "--passphrase-file", options.PassphraseFile is not null),
        (AdapterKind.Software, "--unsafe-fast-passphrase", options.UnsafeFastPassphrase),
        (AdapterKind.Pkcs11, "--pkcs11-module", options.Pkcs11Module is not null),
        (AdapterKind.Pkcs11, "--pkcs11-token", options.Pkcs11Token is not null),
        (AdapterKind.Pkcs11, "--pkcs11-pin-file", options.Pkcs11PinFile is not null),
        (AdapterKind.Pkcs11, "--pkcs11-network", options.IsNetworked),
        (AdapterKind.Tpm, "--tpm-tcti", options.TpmTcti is not null),
        (AdapterKind.Tpm, "--tpm-pcrs", options.TpmPcrs is not null),
        (AdapterKind.Tpm, "--tpm-nv-index", options.TpmNvIndex is not null),
    ];
}
