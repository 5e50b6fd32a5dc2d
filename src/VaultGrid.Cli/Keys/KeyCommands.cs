using System.CommandLine;

namespace VaultGrid.Cli.Keys;

internal static class KeyCommands
{
    public static Command Group() => new GroupCommand(
        "key",
        "Cluster keys: creation, accounts, policies",
        new CreateKeyCommand("create", "vaultgrid key create treasury --cluster 1 --quorum 2 --admin admin-1.pem --admin admin-2.pem --purpose 'treasury of 2027' --out create.json"),
        new KeyListCommand(), new KeyShowCommand(), new KeyAccountsCommand(), new KeyXpubCommand(),
        new ChangePolicyCommand("policy", "vaultgrid key policy treasury --cluster 1 --quorum 3 --admin admin-1.pem --admin admin-2.pem --admin admin-3.pem --purpose 'three sign' --out policy.json"),
        new KeyAuditCommand());
}
