using System.CommandLine;
using System.Globalization;

namespace VaultGrid.Cli.Clusters;

/// <summary>How a membership record is given on the command line.</summary>
internal sealed class MembershipOptions
{
    private readonly Option<string> _nodes = new("--nodes") { Description = "Numbers of the members, such as 1,2,3", HelpName = "LIST", Required = true };
    private readonly Option<int?> _write = new("--write-witnesses") { Description = "w: how many other members record a step before it takes effect [default: 1]", HelpName = "W" };
    private readonly Option<int?> _read = new("--read-witnesses") { Description = "r: how many other members a starting node asks [default: all but one of n, at least 1]", HelpName = "R" };

    private readonly Option<string?> _adapters = new("--adapters") { Description = "Only nodes that rest on one of these get keys, such as pkcs11,tpm [default: any]", HelpName = "LIST" };
    private readonly Option<string?> _measurements = new("--measurements") { Description = "Only nodes that run one of these programs get keys (node attest tells the measurement) [default: any]", HelpName = "LIST" };

    public IEnumerable<Option> All => [_nodes, _write, _read, _adapters, _measurements];

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
            Adapters = [.. Items(run.Get(_adapters)).Order(StringComparer.Ordinal)],
            Measurements = [.. Items(run.Get(_measurements)).Order(StringComparer.Ordinal).Select(Measurement)],
        };
        return MembershipRecord.Parse(record.ToUtf8()).OrEnd();
    }

    private static string[] Items(string? list) => list?.Split(',') ?? [];

    private static Hash256 Measurement(string text) =>
        Hash256.TryParse(text, out var hash) ? hash : throw CommandEndedException.Usage($"'{text}' in --measurements is not a measurement: 0x and 64 lower-case hex digits");

    private static uint Parse(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var node) && node > 0 && text[0] != '0'
            ? node
            : throw CommandEndedException.Usage($"'{text}' in --nodes is not a node's number");
}
