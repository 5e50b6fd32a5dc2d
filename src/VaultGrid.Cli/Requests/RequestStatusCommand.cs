using System.CommandLine;

namespace VaultGrid.Cli.Requests;

internal sealed class RequestStatusCommand : LeafCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Id of the filed request" };

    public RequestStatusCommand()
        : base("status", "Show where a filed request stands", "vaultgrid request status 0b0e7c1e-6a0f-4f36-9d0c-6f1f1d1c2f10") => Arguments.Add(_id);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (!RequestId.TryParse(run.Get(_id), out var id)) throw CommandEndedException.Usage($"'{run.Get(_id)}' is not a request's id");
        return StatusText.Report(await run.Grid.GetRequestAsync(id, run.Cancellation).OrEnd());
    }
}
