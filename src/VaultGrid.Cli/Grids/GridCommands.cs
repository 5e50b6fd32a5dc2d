using System.CommandLine;

namespace VaultGrid.Cli.Grids;

internal static class GridCommands
{
    public static Command Group() => new GroupCommand(
        "grid", "The grid as a whole", new GridUpCommand(), new GridStatusCommand(), new GridUseCommand());
}
