using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Nodes;

internal sealed class NodeCertifyCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<string> _certificate = new("--certificate") { Description = "The device certificate, from 'ca sign-device'", HelpName = "FILE", Required = true };
    private readonly Option<string> _authorities = new("--authorities") { Description = "CA bundle, from 'ca bundle'", HelpName = "FILE", Required = true };

    public NodeCertifyCommand()
        : base("certify", "Install or renew a node's device certificate", "vaultgrid node certify 1/2 --certificate node-1-2.pem --authorities authorities.pem")
    {
        Arguments.Add(_node);
        Options.Add(_certificate);
        Options.Add(_authorities);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var certificate = CertificateFile.Read(run.Get(_certificate));
        var bundle = CertificateFile.ReadBundle(run.Get(_authorities));
        var status = await run.Grid.CertifyNodeAsync(
            run.Get(_node), new NodeCertification(certificate.Der, new AuthorityFile(bundle.ToPem())), run.Cancellation).OrEnd();
        return NodeText.Report(status);
    }
}
