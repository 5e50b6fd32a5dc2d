using System.CommandLine;

namespace VaultGrid.Cli.Keys;

internal sealed class KeyXpubCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<DerivationPath?> _path = Inputs.Path("Where, such as m/44'/60'/0'");

    public KeyXpubCommand()
        : base("xpub", "Export the extended public key at a path", "vaultgrid key xpub treasury --cluster 1 --path \"m/44'/60'/0'\"")
    {
        _path.Required = true;
        Arguments.Add(_key);
        Options.Add(_cluster);
        Options.Add(_path);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = run.Get(_path)!;
        var extended = await Account.ExtendedAsync(run, run.Get(_cluster), run.Get(_key), path).OrEnd();
        var account = new Account(path, extended.PublicKey);
        var json = account.Json();
        json["xpub"] = extended.ToString();
        return new Report(json)
            .Field("path", path)
            .Field("xpub", extended)
            .Field("public key", extended.PublicKey)
            .Field("Ethereum", account.Ethereum);
    }
}
