namespace VaultGrid.Cli.Trusts;

internal sealed class TrustShowCommand : LeafCommand
{
    private readonly TrustInput _trust = new();

    public TrustShowCommand()
        : base("show", "Show what a Trust says and who has signed it", "vaultgrid trust show trust.json")
    {
        Arguments.Add(_trust.Argument);
        Options.Add(_trust.After);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var trust = await _trust.ReadAsync(run);
        return TrustText.Report(trust, (await _trust.PredecessorAsync(run, trust.Body))?.Body);
    }
}
