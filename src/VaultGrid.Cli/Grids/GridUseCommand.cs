using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Grids;

internal sealed class GridUseCommand : LeafCommand
{
    public GridUseCommand()
        : base(
            "use",
            "Remember a grid's address and your client identity for later commands; without options, show them",
            "vaultgrid grid use --grid https://grid.example:8443 --grid-authorities authorities.pem --client-cert ops.pem --client-key ops.key")
    {
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var settings = GridSettings.Of(run);
        if (run.Get(CommonOptions.Grid) is { } address && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps))
            throw CommandEndedException.Usage($"'{address}' is not the address of a grid: expected https://host:port");
        foreach (var file in new[] { settings.Authorities, settings.ClientCertificate, settings.ClientKey, settings.PassphraseFile }.OfType<string>())
        {
            if (!File.Exists(file)) throw CommandEndedException.Usage($"there is no file {file}");
        }

        if (CommonOptions.Identity.Any(option => run.Get(option) is not null)) settings.Save();
        return Task.FromResult(new Report(new JsonObject
        {
            ["context"] = GridSettings.ContextPath,
            ["grid"] = settings.Address,
            ["authorities"] = settings.Authorities,
            ["clientCertificate"] = settings.ClientCertificate,
            ["clientKey"] = settings.ClientKey,
            ["passphraseFile"] = settings.PassphraseFile,
        })
            .Field("context file", GridSettings.ContextPath)
            .Field("grid", settings.Address)
            .Field("authorities", settings.Authorities)
            .Field("client cert", settings.ClientCertificate)
            .Field("client key", settings.ClientKey)
            .Field("passphrase file", settings.PassphraseFile));
    }
}
