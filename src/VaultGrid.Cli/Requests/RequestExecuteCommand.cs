using VaultGrid.Cli.Files;
using VaultGrid.Cli.Hsm;

namespace VaultGrid.Cli.Requests;

/// <summary>Has a request carried out: a file with its approvals, or a filed one by its id.</summary>
internal sealed class RequestExecuteCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();

    public RequestExecuteCommand()
        : base(
            "execute",
            "Have an approved request carried out: a file with its approvals, or a filed request by its id",
            "vaultgrid request execute create.json --approval admin-1.approval --approval admin-2.approval")
    {
        _input.File.Description = "The request, or the id of a filed one";
        Arguments.Add(_input.File);
        Options.Add(_input.Document);
        Options.Add(_input.Approvals);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (RequestId.TryParse(run.Get(_input.File), out var id) && !File.Exists(run.Get(_input.File)))
        {
            if (run.Get(_input.Approvals).Length > 0) throw CommandEndedException.Usage("approvals are added to a filed request by 'vaultgrid approve --submit'");
            var filed = await run.Grid.GetRequestAsync(id, run.Cancellation).OrEnd();
            return StatusText.Report(Done(await CeremonyPatience.WaitAsync(run, filed.Hash, filed.Action, () => run.Grid.ExecuteAsync(id, run.Cancellation)).OrEnd()));
        }

        var (file, approvals) = (_input.Read(run), _input.ReadApprovals(run));
        var given = approvals.Select(ApprovalFile.ForGrid).ToList();
        var status = Done(await CeremonyPatience.WaitAsync(
            run, file.Request.Hash, file.Request.Request.Action, () => run.Grid.ExecuteApprovedAsync(file.ForGrid, given, run.Cancellation)).OrEnd());
        if (status.Message is { } message && file.Request.Request is SignRequest sign) _ = await MessageMatches.CheckAsync(run, sign, message);
        return StatusText.Report(status);
    }

    /// <summary>A status whose request was refused ends the command as a refusal does.</summary>
    public static Client.RequestStatus Done(Client.RequestStatus status) =>
        status is { State: not "done", Refusal: { } refusal } ? throw CommandEndedException.Refused(refusal.Code, refusal.Detail) : status;
}
