using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustApproveCommand : LeafCommand
{
    private readonly Argument<string> _request = new("REQUEST") { Description = "The administrators' request ('request new bootstrap-trust'), its Trust beside it" };
    private readonly Option<string[]> _approvals = new("--approval") { Description = "An administrator's approval; may be given again", HelpName = "FILE", Required = true };

    public TrustApproveCommand()
        : base("approve", "Bring the administrators' approval to a Bootstrap Trust, or to its successor", "vaultgrid trust approve bootstrap.json --approval admin-1.approval --approval admin-2.approval")
    {
        Arguments.Add(_request);
        Options.Add(_approvals);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var request = RequestDocument.Parse(InputFile.Bytes(run.Get(_request))).OrEnd(run.Get(_request));
        if (request.Request is not BootstrapTrustRequest bootstrap)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestAction, $"the request asks for {request.Request.Action}, not for bootstrap-trust"));
        var approval = new TrustApproval(request.Utf8, [.. run.Get(_approvals).Select(ApprovalFile.Read).Select(ApprovalFile.ForGrid)]);
        return TrustStatusText.Report(await run.Trusts.ApproveTrustAsync(bootstrap.Trust, approval, run.Cancellation).OrEnd());
    }
}
