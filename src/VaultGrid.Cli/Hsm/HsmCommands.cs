using System.CommandLine;

namespace VaultGrid.Cli.Hsm;

internal static class HsmCommands
{
    public static Command Group() => new GroupCommand(
        "hsm",
        "Keys that nodes generate together and no node has: Schnorr, Taproot, Ed25519, BLS and symmetric",
        new HsmKeygenCommand("keygen"), new HsmSignCommand(), new HsmValsignCommand(), new HsmEncCommand(), new HsmDecCommand(), new HsmGetpkCommand(), new HsmKeysCommand(), new HsmPolicyCommand(),
        new HsmRefreshCommand("refresh"), new HsmReshareCommand("reshare"), new HsmRepairCommand(), new HsmReplaceCommand("vaultgrid hsm replace"), new HsmDeleteCommand("delete"), new HsmCeremonyCommand(),
        new HsmBackupCommand(), new HsmOpenCommand(), new HsmRestoreCommand("restore"), new HsmBenchCommand());
}
