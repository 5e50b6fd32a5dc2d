using VaultGrid.LocalGrid;
using VaultGrid.Testing;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>The settings that a user of <c>grid up</c> exports, and as <c>C</c> where the ceremony's files are.</summary>
internal static class GridEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(LocalVaultGrid grid) => new Dictionary<string, string>
    {
        ["VAULTGRID_GRID"] = grid.Address.GetLeftPart(UriPartial.Authority),
        ["VAULTGRID_AUTHORITIES"] = grid.Ceremony.AuthoritiesFile,
        ["VAULTGRID_CLIENT_CERT"] = grid.Ceremony.ClientCertificateFile,
        ["VAULTGRID_CLIENT_KEY"] = grid.Ceremony.ClientKeyFile,
        ["VAULTGRID_PASSPHRASE_FILE"] = grid.Ceremony.PassphraseFile,
        ["C"] = grid.Ceremony.Directory,
        ["INDEPENDENT"] = Repository.PathOf("tests", "independent"),
    };
}
