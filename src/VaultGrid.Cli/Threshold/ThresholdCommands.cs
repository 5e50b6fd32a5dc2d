using System.CommandLine;

namespace VaultGrid.Cli.Threshold;

internal static class ThresholdCommands
{
    public static Command Group() => new GroupCommand(
        "threshold",
        "Keys that no single cluster holds: the dealer's offline ceremony, and the sessions in which clusters sign",
        new WrapKeyCommand(), new ThresholdDealCommand(), new VerifyManifestCommand(), new SessionListCommand(), new SessionShowCommand());
}
