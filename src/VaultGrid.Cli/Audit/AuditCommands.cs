using System.CommandLine;

namespace VaultGrid.Cli.Audit;

internal static class AuditCommands
{
    public static Command Group() => new GroupCommand(
        "audit",
        "The audit log: what every enclave did, signed by it, merged and provable",
        new AuditListCommand(), new AuditVerifyCommand(), new AuditProveCommand(), new AuditExportCommand());
}
