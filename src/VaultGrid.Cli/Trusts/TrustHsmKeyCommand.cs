using System.CommandLine;
using System.Security.Cryptography;
using VaultGrid.Cli.Ca;
using VaultGrid.Cli.Files;
using VaultGrid.Client;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

/// <summary>A new HSM for a chain: its enclave makes a wrap key and signs it with its D key.</summary>
internal sealed class TrustHsmKeyCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<TrustId?> _chain = Inputs.Chain("Id of the chain; without it a new one is drawn and shown");
    private readonly Option<string> _kind = new Option<string>("--kind") { Description = "Kind of the wrap key", DefaultValueFactory = _ => "p256" }.Among("p256", "rsa3072");
    private readonly Option<string> _out = new("--out") { Description = "Where the HSM's public keys go", HelpName = "FILE", Required = true };

    public TrustHsmKeyCommand()
        : base("hsm-key", "Have a node become an HSM of a chain: it makes its wrap key, once, and shows its public keys", "vaultgrid trust hsm-key 1/1 --chain 3f0c… --out hsm-1-1.json")
    {
        Arguments.Add(_node);
        foreach (var option in new Option[] { _chain, _kind, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var chain = run.Get(_chain) ?? TrustId.FromRandom(RandomNumberGenerator.GetBytes(16));
        var status = await run.Trusts.NewHsmKeyAsync(chain, new HsmKeyRequest(run.Get(_node), run.Get(_kind)), run.Cancellation).OrEnd();
        var key = HsmKey.Parse(status.Document.Span, new CertificateCache()).OrEnd("the grid's answer");
        if (key.Chain != chain || key.Hsm.Certificate.Identity != CertificateIdentity.Device(run.Get(_node)) || !key.Hsm.IsSigned(chain))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustSignature, "the grid's answer is not this node's key for this chain"));

        new OutputFiles().Add(path, TrustFile.ToFile(HsmKey.Kind, key.ToBytes())).Write();
        var json = TrustText.Json(key.Hsm);
        json["chain"] = chain.ToString();
        json["file"] = path;
        return new Report(json).Line($"wrote {path}").Field("chain", chain).Field("HSM", key.Hsm.Signatory).Field("device key", key.Hsm.Signatory.Key).Field("wrap key", key.Hsm.WrapKey.Hash);
    }
}
