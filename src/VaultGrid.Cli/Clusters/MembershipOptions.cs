using System.CommandLine;
using System.Globalization;

namespace VaultGrid.Cli.Clusters;

/// <summary>How a membership record is given on the command line.</summary>
internal sealed class MembershipOptions
{
    private readonly Option<string> _nodes = new("--nodes") { Description = "Numbers of the members, such as 1,2,3", HelpName = "LIST", Required = true };
    private readonly Option<int?> _write = new("--write-witnesses") { Description = "w: how many other members record a step before it takes effect [default: 1]", HelpName = "W" };
    private readonly Option<int?> _read = new("--read-witnesses") { Description = "r: how many other members a starting node asks [default: all but one of n, at least 1]", HelpName = "R" };

    public IEnumerable<Option> All => [_nodes, _write, _read];

    public MembershipRecord Next(Invocation run, ClusterId cluster, ulong number, Hash256? predecessor)
    {
        var nodes = run.Get(_nodes).Split(',').Select(Parse).Order().ToList();
        var (write, read) = MembershipRecord.Witnesses(nodes.Count);
        var record = new MembershipRecord
        {
            Cluster = cluster,
            Number = number,
            Predecessor = predecessor,
            Nodes = [.. nodes],
            WriteWitnesses = run.Get(_write) ?? write,
            ReadWitnesses = run.Get(_read) ?? read,
        };
        return MembershipRecord.Parse(record.ToUtf8()).OrEnd();
    }

    private static uint Parse(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var node) && node > 0 && text[0] != '0'
            ? node
            : throw CommandEndedException.Usage($"'{text}' in --nodes is not a node's number");
}
