using System.CommandLine;

namespace VaultGrid.Cli.Trusts;

internal static class TrustCommands
{
    public static Command Group() => new GroupCommand(
        "trust",
        "Trusts: which HSMs serve Domains, by the word of a quorum of operators",
        new TrustNewCommand(), new TrustAddHsmCommand(), new TrustRemoveHsmCommand(), new TrustShowCommand(), new TrustSignCommand(), new TrustVerifyCommand(),
        new TrustSubmitCommand(), new TrustApproveCommand(), new TrustSealCommand(), new TrustListCommand(), new TrustChainCommand(), new TrustRewrapCommand(), new TrustHsmKeyCommand(), new TrustRetireCommand());
}
