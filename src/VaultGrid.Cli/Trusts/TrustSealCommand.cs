using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Client;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustSealCommand : LeafCommand
{
    private readonly TrustInput _trust = new();
    private readonly Option<NodeId?> _node = new("--node")
    {
        Description = "Which HSM (else any that this Trust and the one before name)", HelpName = "NODE", CustomParser = result => Inputs.Node(result),
    };

    private readonly Option<string?> _out = new("--out") { Description = "Where the signed Trust goes", HelpName = "FILE" };

    public TrustSealCommand()
        : base("seal", "Have an HSM sign a Trust that enough operators have signed", "vaultgrid trust seal 0x… --node 1/1")
    {
        Arguments.Add(_trust.Argument);
        foreach (var option in new Option[] { _node, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var text = run.Get(_trust.Argument);
        if (!Hash256.TryParse(text, out var hash))
        {
            var trust = TrustFile.Read(text);
            hash = (await run.Trusts.FileTrustAsync(new TrustSubmission(trust.ToBytes()), run.Cancellation).OrEnd()).Trust;
        }

        var status = await run.Trusts.SealTrustAsync(hash, new TrustSealing(run.Get(_node)), run.Cancellation).OrEnd();
        var report = TrustStatusText.Report(status);
        if (run.Get(_out) is not { } target) return report;
        var sealedTrust = Trust.Parse((status.Document ?? default).Span, new CertificateCache()).OrEnd("the grid's answer");
        new OutputFiles().Add(target, TrustFile.ToFile(TrustFile.TrustKind, sealedTrust.ToBytes())).Write();
        return report.Field("written to", target);
    }
}
