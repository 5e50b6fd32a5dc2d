using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustRetireCommand : LeafCommand
{
    private readonly Argument<TrustId> _chain = Inputs.ChainArgument();
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<string?> _out = new("--out") { Description = "Where its signed statement goes", HelpName = "FILE" };

    public TrustRetireCommand()
        : base("retire", "Have an HSM that the newest Trust doesn't name any more wipe its wrap key of the chain, for good", "vaultgrid trust retire 3f0c… 1/3 --out retirement.json")
    {
        Arguments.Add(_chain);
        Arguments.Add(_node);
        Options.Add(_out);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var (chain, node) = (run.Get(_chain), run.Get(_node));
        var answer = await run.Trusts.RetireHsmAsync(chain, node, run.Cancellation).OrEnd();
        var retirement = Retirement.Parse(answer.Document.Span, new CertificateCache()).OrEnd("the grid's answer");
        if (retirement.Chain != chain || retirement.Seal.Certificate.Identity != CertificateIdentity.Device(node))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustStranger, "the grid's answer is not this node's retirement from this chain"));

        if (run.Get(_out) is { } target) new OutputFiles().Add(target, TrustFile.ToFile(TrustFile.RetirementKind, answer.Document.Span)).Write();
        return new Report(new JsonObject { ["chain"] = chain.ToString(), ["hsm"] = retirement.Seal.Signatory.Identity, ["wrapKey"] = retirement.WrapKey.ToString(), ["time"] = UtcTime.Format(retirement.Seal.Time) })
            .Line($"{retirement.Seal.Signatory} has retired from chain {chain}")
            .Field("wiped wrap key", retirement.WrapKey)
            .Field("at", UtcTime.Format(retirement.Seal.Time));
    }
}
