using System.CommandLine;

namespace VaultGrid.Cli.Operators;

internal static class OperatorCommands
{
    public static Command Group() => new GroupCommand(
        "operator",
        "Operators: whose keys sign Trusts, and what they sign",
        new OperatorListCommand(), new OperatorRegisterCommand(), new OperatorHsmsCommand(), new OperatorSignaturesCommand());
}
