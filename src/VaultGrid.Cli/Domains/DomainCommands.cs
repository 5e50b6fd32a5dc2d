using System.CommandLine;

namespace VaultGrid.Cli.Domains;

internal static class DomainCommands
{
    public static Command Group() => new GroupCommand(
        "domain",
        "Domains: data keys and key pairs that the HSMs of a Trust serve, stored anywhere",
        new DomainNewIdCommand(), new DomainCreateCommand(), new DomainListCommand(), new DomainShowCommand(), new DomainStoreCommand(), new DomainVerifyCommand(),
        new DomainPublicKeyCommand(),
        new GroupCommand("use", "Use a key-pair Domain", new DomainSignCommand("vaultgrid domain use sign 7d9b1c4e-… contract.pdf --out contract.sig"), new DomainCheckCommand(), new DomainOpenCommand()),
        new DomainSignCommand("vaultgrid domain sign 7d9b1c4e-… contract.pdf --out contract.sig"), new DomainRotateCommand(), new DomainRewrapFileCommand(), new DomainRetireCommand());
}
