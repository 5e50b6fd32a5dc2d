using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainRotateCommand : LeafCommand
{
    private const int Attempts = 5;

    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly Option<bool> _newMaster = new("--new-master") { Description = "Draw a new master key for new data: what an HSM knew that was removed opens none of it" };
    private readonly Option<uint> _oldest = new("--drop-below") { Description = "Drop master keys below this version: the files under them were re-wrapped", HelpName = "VERSION" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the next revision goes; the grid keeps it in any case", HelpName = "FILE" };

    public DomainRotateCommand()
        : base(
            "rotate",
            "Re-wrap a Domain for the HSMs of the newest Trust; data stay readable",
            "vaultgrid domain rotate 7d9b1c4e-… --out d-2.json\nvaultgrid domain rotate 7d9b1c4e-… --new-master   then 'vaultgrid domain rewrap-file' for each file")
    {
        Arguments.Add(_domain);
        foreach (var option in new Option[] { _newMaster, _oldest, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var next = (await RotateAsync(run, run.Get(_domain))).OrEnd();
        if (run.Get(_out) is { } target) DomainInput.Write(target, next);
        var report = DomainText.Report(next, $"Domain {next.Keys.Id} is at revision {next.Keys.Revision}");
        return run.Get(_newMaster) ? report.Line($"new data use master key {next.Keys.Current.Version}; 'vaultgrid domain rewrap-file' moves old files to it") : report;
    }

    // The grid re-wraps Domains by itself when a Trust was signed: a revision that went by in between is read again. A file is of one revision.
    private async Task<Outcome<Domain>> RotateAsync(Invocation run, string text)
    {
        for (var attempt = 1; ; attempt++)
        {
            var domain = await DomainInput.ReadAsync(run, text);
            var outcome = await run.Domains.RotateAsync(domain, run.Get(_newMaster), run.Get(_oldest), run.Cancellation);
            if (outcome.Refusal?.Code != RefusalCode.StateConflict || attempt == Attempts || !DomainId.TryParse(text, out _)) return outcome;
        }
    }
}
