using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Crypto.Bitcoin;

namespace VaultGrid.Cli.Hsm;

/// <summary>A public key, from its holders' signatures.</summary>
internal sealed class HsmGetpkCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly Option<DerivationPath?> _path = Inputs.Path("Path of an account below the key [default: m, the key itself]");
    private readonly Option<string?> _tweak = TweakOption.Option();

    public HsmGetpkCommand()
        : base("getpk", "Show a public key, verified by its holders' signatures", "vaultgrid hsm getpk vault --scheme taproot --path m/0/7 --tweak key")
    {
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme, _path, _tweak }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (key, _) = await _key.VerifyAsync(run);
        var tweak = TweakOption.Read(run.Get(_tweak), key.Birth.Kind.Algorithm());
        var publicKey = key.PublicKeyOf(run.Get(_path) ?? DerivationPath.Master, tweak).OrEnd();
        var json = new JsonObject
        {
            ["keyId"] = key.Birth.KeyId.ToString(), ["key"] = key.Key.ToString(), ["kind"] = key.Birth.Kind.Name(), ["version"] = key.Certified.Version.Number,
            ["publicKey"] = Hex.Encode(publicKey),
        };
        var report = new Report(json).Field("public key", Hex.Encode(publicKey)).Field("of", $"{key.Birth.KeyId} ({key.Key})");
        if (tweak is not { IsOutput: true } output) return report;
        var inner = XOnlyPublicKey.Parse(key.PublicKeyOf(run.Get(_path) ?? DerivationPath.Master, null).OrEnd()).OrEnd();
        var address = SegwitAddress.P2tr(output.MerkleRoot is { } root ? TaprootOutput.Of(inner, root) : TaprootOutput.Of(inner), BitcoinNetwork.Mainnet).ToString();
        json["address"] = address;
        return report.Field("address", address);
    }
}
