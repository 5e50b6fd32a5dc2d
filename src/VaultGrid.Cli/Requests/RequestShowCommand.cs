namespace VaultGrid.Cli.Requests;

internal sealed class RequestShowCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();

    public RequestShowCommand()
        : base("show", "Show what a request asks, decoded here from its own bytes", "vaultgrid request show request.json")
    {
        Arguments.Add(_input.File);
        Options.Add(_input.Document);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var file = _input.Read(run);
        return Task.FromResult(new Report(RequestText.Json(file, run.Now)).AddAll(RequestText.Lines(file, run.Now)));
    }
}
