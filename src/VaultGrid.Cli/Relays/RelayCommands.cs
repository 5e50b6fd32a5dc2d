using System.CommandLine;

namespace VaultGrid.Cli.Relays;

internal static class RelayCommands
{
    public static Command Group() => new GroupCommand(
        "relay",
        "Channels between relays that no network connects",
        new RelayExportCommand(), new RelayImportCommand(), new RelayServeCommand());
}
