using System.CommandLine;
using VaultGrid.Client;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustSubmitCommand : LeafCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The unsigned Trust, with the signatures that it has" };

    public TrustSubmitCommand()
        : base("submit", "File an unsigned Trust with the grid, where operators find and sign it; again adds new signatures", "vaultgrid trust submit trust.json") =>
        Arguments.Add(_file);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var trust = TrustFile.Read(run.Get(_file));
        var status = await run.Trusts.FileTrustAsync(new TrustSubmission(trust.ToBytes()), run.Cancellation).OrEnd();
        return TrustStatusText.Report(status);
    }
}
