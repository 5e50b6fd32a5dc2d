using System.CommandLine;

namespace VaultGrid.Cli.Running;

/// <summary>Options that every command has.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on stdout", Recursive = true };

    public static readonly Option<string?> Grid = new("--grid")
    {
        Description = "Address of the grid's relay (else VAULTGRID_GRID, else 'grid use')", HelpName = "URL", Recursive = true,
    };

    public static readonly Option<string?> GridAuthorities = new("--grid-authorities")
    {
        Description = "CA bundle by which the relay is recognised (else VAULTGRID_AUTHORITIES)", HelpName = "FILE", Recursive = true,
    };

    public static readonly Option<string?> ClientCertificate = new("--client-cert")
    {
        Description = "Your certificate with the client role, PEM (else VAULTGRID_CLIENT_CERT)", HelpName = "FILE", Recursive = true,
    };

    public static readonly Option<string?> ClientKey = new("--client-key")
    {
        Description = "Its private key, PEM (else VAULTGRID_CLIENT_KEY)", HelpName = "FILE", Recursive = true,
    };

    public static readonly Option<string?> PassphraseFile = new("--passphrase-file")
    {
        Description = "File with the passphrase of the private key in use: the client's, or the CA's in 'ca' (else asked for)", HelpName = "FILE", Recursive = true,
    };

    /// <summary>The options that say which grid is meant and who calls.</summary>
    public static IReadOnlyList<Option<string?>> Identity => [Grid, GridAuthorities, ClientCertificate, ClientKey, PassphraseFile];

    public static IEnumerable<Option> All => [.. Identity, Json];
}
