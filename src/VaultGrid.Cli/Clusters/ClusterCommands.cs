using System.CommandLine;

namespace VaultGrid.Cli.Clusters;

internal static class ClusterCommands
{
    public static Command Group() => new GroupCommand(
        "cluster",
        "Vault clusters: members, keys, synchronisation",
        new ClusterCreateCommand(), new ClusterMembershipCommand(), new ClusterStatusCommand(), new ClusterKeysCommand(), new ClusterSyncCommand(), new ClusterAuditCommand(), new ClusterAssignCommand());
}
