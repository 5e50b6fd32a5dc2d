using System.CommandLine;
using VaultGrid.Cli.Clusters;
using VaultGrid.Cli.Hsm;
using VaultGrid.Cli.Keys;
using VaultGrid.Cli.Trusts;

namespace VaultGrid.Cli.Requests;

internal static class RequestCommands
{
    public static Command Group() => new GroupCommand(
        "request",
        "Requests for approval: write, look at, file, carry out",
        New(), new RequestShowCommand(), new RequestSubmitCommand(), new RequestExecuteCommand(), new RequestStatusCommand(), new RequestListCommand());

    private static GroupCommand New() => new(
        "new",
        "Write a request",
        new SignEthereumCommand(), new SignDigestCommand(), new SignMessageCommand(),
        new CreateKeyCommand("create-key", "vaultgrid request new create-key treasury --cluster 1 --quorum 2 --admin admin-1.pem --admin admin-2.pem --purpose 'treasury' --out create.json"),
        new ChangePolicyCommand("change-policy", "vaultgrid request new change-policy treasury --cluster 1 --quorum 2 --admin admin-1.pem --admin admin-2.pem --purpose 'admin 3 left' --out policy.json"),
        new ChangeAdminsCommand(), new ChangeMembershipCommand(),
        new RetireNodeCommand("retire-node", "vaultgrid request new retire-node 1/3 --purpose 'hardware replaced' --out retire.json"),
        new RestoreNodeCommand("restore-node", "vaultgrid request new restore-node 1/3 --purpose 'restored from backup' --out restore.json"),
        new HsmReplaceCommand("vaultgrid request new repair-share"),
        new ClearAlarmsCommand(), new BootstrapTrustCommand());
}
