using System.CommandLine;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Nodes;

internal static class NodeCommands
{
    public static Command Group() => new GroupCommand(
        "node",
        "Vault nodes: from a bare enclave to a certified member",
        new NodeProvisionCommand(), new NodeCertifyCommand(), new NodeStatusCommand(), new NodeAttestCommand(),
        new RetireNodeCommand("retire", "vaultgrid node retire 1/3 --purpose 'hardware replaced' --out retire.json"),
        new RestoreNodeCommand("restore", "vaultgrid node restore 1/3 --purpose 'restored from backup' --out restore.json"));
}
