using System.Runtime.Versioning;
using VaultGrid.WitnessedEnclave;

[assembly: SupportedOSPlatform("linux")]

// vaultgrid-witnessed-enclave FILE run …: as the product's program, but that it tells FILE of every nonce.
if (args is not [var journal, "run", .. var rest] || !CommandLine.Parse(rest).Is(out var options, out _)) return ExitCodes.Usage;
if (!Hardening.WithoutDiagnostics(options).Then(_ => Hardening.Apply()).Then(_ => Hardening.CloseDoors(options)).Is(out _, out var exposed))
{
    Notices.Say($"error: {exposed}");
    return ExitCodes.Refused;
}

using var witness = new NonceJournal(journal);
return await EnclaveHost.RunAsync(options, witness);
