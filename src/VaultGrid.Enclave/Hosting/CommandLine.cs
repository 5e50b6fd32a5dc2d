using System.Globalization;

namespace VaultGrid.Enclave;

/// <summary>Reads the command line: few switches, so no library stands between them and the enclave.</summary>
internal static class CommandLine
{
    /// <summary>The help.</summary>
    public const string Help = """
        vaultgrid-enclave: one vault node's enclave. It holds the node's keys and answers calls on a Unix socket.

        Usage:
          vaultgrid-enclave run --store DIR --socket PATH (--sealing-key-file FILE | --passphrase-file FILE) [options]
          vaultgrid-enclave run --store DIR --socket PATH --adapter pkcs11 --pkcs11-module PATH --pkcs11-token LABEL --pkcs11-pin-file FILE [options]
          vaultgrid-enclave run --store DIR --socket PATH --adapter tpm --tpm-tcti NAME --tpm-pcrs LIST [options]
          vaultgrid-enclave check-sandbox --store DIR --socket PATH … (the same options)
          vaultgrid-enclave --help | --version

        Options:
          --store DIR               where the sealed store lies; made if it isn't there; open to its owner alone
          --socket PATH             the Unix socket to listen on; at most 107 bytes
          --adapter KIND            what seals the store and holds the D key: software (the default), pkcs11 or tpm; a store stays with its own

        Software:
          --sealing-key-file FILE   32 random bytes that seal the store; mode 0600 (head -c 32 /dev/urandom > FILE)
          --passphrase-file FILE    a passphrase that seals the store (Argon2id); mode 0600, at least 12 bytes

        PKCS#11:
          --pkcs11-module PATH      the HSM's PKCS#11 library
          --pkcs11-token LABEL      the label of an initialised token
          --pkcs11-pin-file FILE    the token's user PIN; mode 0600

        TPM 2.0:
          --tpm-tcti NAME           the way to the TPM: device:/dev/tpmrm0
          --tpm-pcrs LIST           registers of the SHA-256 bank that the store is sealed to: 0,2,7
          --tpm-nv-index INDEX      the counter that guards the store, one for each enclave on this TPM (0x01805647)

        More options:
          --version-guard FILE      remembers the store's version, on another volume: an older store is noticed and held
          --without-witnesses       steps and starts don't wait for other members: a store that was put back isn't noticed unless it is guarded
          --allow-uid N             lets another user connect beside the enclave's own; may be repeated
          --connections N           the most connections at a time (64)
          --writable DIR            the process may write there beside store, socket and guard: for a token's library; may be repeated
          --pkcs11-network          the token's library reaches its HSM over the network; else no socket but Unix ones can be made

        check-sandbox tries what a running enclave must not be able to do, and says how it went; it opens no store.

        For tests and rehearsals only, never with real keys:
          --unsafe-clock-offset S   moves the enclave's clock by S seconds
          --unsafe-no-sandbox       no system-call filter, and files writable as for any process
          --unsafe-fast-passphrase  a new store's passphrase derivation costs next to nothing

        Exit codes: 0 stopped as asked, 1 refused to start, 2 usage, 3 fault.
        SIGTERM and SIGINT stop it after the calls under way. The first line on standard output is "ready" when calls are answered.
        """;

    /// <summary>Reads the arguments of <c>run</c>.</summary>
    public static Outcome<EnclaveOptions> Parse(ReadOnlySpan<string> arguments)
    {
        var options = new EnclaveOptions { Store = "", Socket = "" };
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (Switch(options, name) is { } switched)
            {
                options = switched;
                continue;
            }

            if (i + 1 == arguments.Length) return Usage($"{name} is unknown or needs a value");
            if (Take(options, name, arguments[++i]) is not { } next) return Usage($"{name} {arguments[i]} can't be understood");
            options = next;
        }

        if (options.Store.Length == 0 || options.Socket.Length == 0) return Usage("--store and --socket are needed");
        return AdapterOptions.Check(options) is { } wrong ? Usage(wrong) : options;
    }

    private static EnclaveOptions? Switch(EnclaveOptions options, string name) => name switch
    {
        "--unsafe-fast-passphrase" => options with { UnsafeFastPassphrase = true },
        "--without-witnesses" => options with { Witnesses = false },
        "--unsafe-no-sandbox" => options with { UnsafeNoSandbox = true },
        "--pkcs11-network" => options with { IsNetworked = true },
        _ => null,
    };

    private static EnclaveOptions? Take(EnclaveOptions options, string name, string value) => name switch
    {
        "--store" => options with { Store = value },
        "--socket" => options with { Socket = value },
        "--adapter" => AdapterOptions.Kind(value) is { } kind ? options with { Adapter = kind } : null,
        "--pkcs11-module" => options with { Pkcs11Module = value },
        "--pkcs11-token" => options with { Pkcs11Token = value },
        "--pkcs11-pin-file" => options with { Pkcs11PinFile = value },
        "--tpm-tcti" => options with { TpmTcti = value },
        "--tpm-pcrs" => TpmPcrs.Parse(value) is { } pcrs ? options with { TpmPcrs = pcrs } : null,
        "--tpm-nv-index" => AdapterOptions.NvIndex(value) is { } index ? options with { TpmNvIndex = index } : null,
        "--sealing-key-file" => options with { SealingKeyFile = value },
        "--passphrase-file" => options with { PassphraseFile = value },
        "--version-guard" => options with { VersionGuard = value },
        "--writable" => Directory.Exists(value) ? options with { Writable = options.Writable.Add(value) } : null,
        "--allow-uid" => uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? options with { Users = options.Users.Add(user) } : null,
        "--connections" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= 4096
            ? options with { Connections = most }
            : null,
        "--unsafe-clock-offset" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? options with { UnsafeClockOffset = TimeSpan.FromSeconds(seconds) }
            : null,
        _ => null,
    };

    private static Refusal Usage(string what) => new(RefusalCode.InputMalformed, what);
}
