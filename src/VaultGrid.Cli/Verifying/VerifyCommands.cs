using System.CommandLine;

namespace VaultGrid.Cli.Verifying;

internal static class VerifyCommands
{
    public static Command Group() => new GroupCommand(
        "verify", "Verify signatures, approvals and certificates, offline", new VerifySignatureCommand(), new VerifyApprovalsCommand(), new VerifyCertificateCommand());
}
