using System.CommandLine;
using VaultGrid.Client;

namespace VaultGrid.Cli.Running;

/// <summary>Which page of a listing.</summary>
internal sealed class PageOptions
{
    private readonly Option<int> _limit = new("--limit") { Description = "How many, at most 500", HelpName = "N", DefaultValueFactory = _ => 50 };

    public Option<string?> After { get; } = new("--after") { Description = "The mark that the page before gave", HelpName = "MARK" };

    public IEnumerable<Option> All => [_limit, After];

    public int ReadLimit(Invocation run) => run.Get(_limit) is >= 1 and <= PageQuery.LimitMax and var limit
        ? limit
        : throw CommandEndedException.Usage($"--limit is 1 to {PageQuery.LimitMax}");

    public Report More(Report report, string? next) => next is null ? report : report.Line($"more: {After.Name} {next}");
}
