using VaultGrid.Cli.Files;
using VaultGrid.Cli.Hsm;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Approvals;

internal sealed class SignCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();

    public SignCommand()
        : base(
            "sign",
            "Have an approved signing request carried out; prints the signature and, for a transaction, the signed bytes",
            "vaultgrid sign request.json --approval admin-1.approval --approval admin-2.approval")
    {
        Arguments.Add(_input.File);
        Options.Add(_input.Approvals);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var file = RequestFile.Read(run.Get(_input.File));
        if (file.Request.Request is not SignRequest sign)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestAction, $"the request asks for {file.Request.Request.Action}; 'vaultgrid request execute' carries that out"));

        var approvals = _input.ReadApprovals(run).Select(ApprovalFile.ForGrid).ToList();
        var status = RequestExecuteCommand.Done(await run.Grid.ExecuteApprovedAsync(file.ForGrid, approvals, run.Cancellation).OrEnd());
        if (sign.Subject is SigningSubject.Message)
        {
            var message = status.Message ?? throw Unsigned();
            return HsmText.Signature(await MessageMatches.CheckAsync(run, sign, message));
        }

        var answer = status.Signature ?? throw Unsigned();
        SignatureMatches.Check(sign, answer);
        return SignatureText.Report(answer);
    }

    private static CommandEndedException Unsigned() =>
        CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, "the grid says 'done' without a signature"));
}
