using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Requests;

internal sealed class RequestSubmitCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();

    public RequestSubmitCommand()
        : base("submit", "File a request with the grid, and approvals that are at hand", "vaultgrid request submit request.json --approval admin-1.approval")
    {
        Arguments.Add(_input.File);
        Options.Add(_input.Document);
        Options.Add(_input.Approvals);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (file, approvals) = (_input.Read(run), _input.ReadApprovals(run));
        var status = await run.Grid.SubmitAsync(file.ForGrid, run.Cancellation).OrEnd();
        foreach (var approval in approvals)
            status = await run.Grid.ApproveAsync(file.Request.Request.Id, ApprovalFile.ForGrid(approval), run.Cancellation).OrEnd();
        return StatusText.Report(status);
    }
}
