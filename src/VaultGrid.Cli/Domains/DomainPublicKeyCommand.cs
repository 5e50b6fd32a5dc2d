using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainPublicKeyCommand : LeafCommand
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly Option<string?> _out = new("--out") { Description = "Where it goes (PEM), for 'ca issue --public-key' and openssl", HelpName = "FILE" };

    public DomainPublicKeyCommand()
        : base("public-key", "Show the public key of a key-pair Domain", "vaultgrid domain public-key 7d9b1c4e-… --out operator-1.pub")
    {
        Arguments.Add(_domain);
        Options.Add(_out);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain));
        var master = domain.Keys.Current;
        if (master.Kind == MasterKeyKind.Aes256) throw CommandEndedException.Refused(new Refusal(RefusalCode.DomainUse, "the Domain's master key is AES: it has no public half"));
        var json = new JsonObject
        {
            ["domain"] = domain.Keys.Id.ToString(), ["version"] = master.Version, ["kind"] = MasterKeyKinds.Name(master.Kind), ["publicKey"] = Hex.Encode(master.Public.Span),
        };
        var report = new Report(json).Field("kind", MasterKeyKinds.Name(master.Kind)).Field("version", master.Version).Field("public key", Hex.Encode(master.Public.Span));
        if (Spki(master) is not { } spki) return run.Get(_out) is null ? report : throw CommandEndedException.Usage($"PEM is for ecdsa-p256 and rsa-3072; this is {MasterKeyKinds.Name(master.Kind)}");

        var pem = PemEncoding.WriteString("PUBLIC KEY", spki) + "\n";
        json["pem"] = pem;
        if (run.Get(_out) is not { } target) return report;
        new OutputFiles().Add(target, pem).Write();
        return report.Field("written to", target);
    }

    private static byte[]? Spki(DomainMaster master)
    {
        switch (master.Kind)
        {
            case MasterKeyKind.Rsa3072:
                return master.Public.ToArray();
            case MasterKeyKind.EcdsaP256:
                return P256PublicKey.Parse(master.Public.Span).OrEnd().ToSubjectPublicKeyInfo();
            default:
                return null;
        }
    }
}
