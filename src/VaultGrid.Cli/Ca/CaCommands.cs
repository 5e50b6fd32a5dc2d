using System.CommandLine;

namespace VaultGrid.Cli.Ca;

internal static class CaCommands
{
    public static Command Group() => new GroupCommand(
        "ca",
        "Certificate authorities of a grid: a ceremony on a machine of your own, without network",
        new CaInitCommand(), new CaAddClusterCommand(), new CaIssueCommand(), new CaAdminsCommand(), new CaSignDeviceCommand(), new CaRevokeCommand(),
        new CaRefreshListsCommand(), new CaBundleCommand(), new CaShowCommand());
}
