using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>What <c>vaultgrid-enclave run</c> was told.</summary>
internal sealed record EnclaveOptions
{
    public required string Store { get; init; }

    public required string Socket { get; init; }

    /// <summary>What the enclave rests on.</summary>
    public AdapterKind Adapter { get; init; } = AdapterKind.Software;

    public string? SealingKeyFile { get; init; }

    public string? PassphraseFile { get; init; }

    /// <summary>Path of the PKCS#11 library.</summary>
    public string? Pkcs11Module { get; init; }

    /// <summary>Label of the PKCS#11 token.</summary>
    public string? Pkcs11Token { get; init; }

    /// <summary>File with the token's user PIN.</summary>
    public string? Pkcs11PinFile { get; init; }

    /// <summary>The way to the TPM, as the TSS names it.</summary>
    public string? TpmTcti { get; init; }

    /// <summary>The PCRs that the store is sealed to.</summary>
    public TpmPcrs? TpmPcrs { get; init; }

    /// <summary>The NV index of the counter that guards the store's version; null for the usual one.</summary>
    public uint? TpmNvIndex { get; init; }

    public string? VersionGuard { get; init; }

    /// <summary>Whether steps and starts wait for witnesses where nothing else guards the store.</summary>
    public bool Witnesses { get; init; } = true;

    public ImmutableHashSet<uint> Users { get; init; } = [];

    public int Connections { get; init; } = 64;

    /// <summary>More directories that the process may write to: where an adapter's library keeps things.</summary>
    public ImmutableArray<string> Writable { get; init; } = [];

    /// <summary>True where the adapter's library reaches its device over the network.</summary>
    public bool IsNetworked { get; init; }

    /// <summary>For tests and rehearsals only: no system-call filter, and files writable as for any process.</summary>
    public bool UnsafeNoSandbox { get; init; }

    /// <summary>For tests and rehearsals only: moves the enclave's clock.</summary>
    public TimeSpan UnsafeClockOffset { get; init; }

    /// <summary>For tests and rehearsals only: the least that a passphrase's derivation may cost.</summary>
    public bool UnsafeFastPassphrase { get; init; }
}
