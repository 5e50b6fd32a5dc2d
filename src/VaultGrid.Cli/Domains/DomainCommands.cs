using System.CommandLine;

namespace VaultGrid.Cli.Domains;

internal static class DomainCommands
{
    public static Command Group() => new GroupCommand(
        "domain",
        "Domains: data keys and key pairs that the HSMs of a Trust serve, stored anywhere",
        new DomainNewIdCommand(), new DomainCreateCommand(), new DomainListCommand(), new DomainShowCommand(), new DomainStoreCommand(), new DomainVerifyCommand(),
        new DomainPublicKeyCommand(),
        new GroupCommand("use", "Use a key-pair Domain", new DomainSignCommand("sign"), new DomainCheckCommand(), new DomainOpenCommand()),
        new DomainSignCommand("sign"), new DomainRotateCommand(), new DomainRewrapFileCommand(), new DomainRetireCommand());
}
