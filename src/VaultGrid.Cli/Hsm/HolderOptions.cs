using System.CommandLine;

namespace VaultGrid.Cli.Hsm;

/// <summary>Who is to hold shares.</summary>
internal sealed class HolderOptions
{
    private readonly Option<string> _holders = new("--holders")
    {
        Description = "The nodes, as cluster/node with commas between, such as 1/1,1/2,2/1,2/2", HelpName = "NODES", Required = true,
    };

    private readonly Option<int> _faulty = new("--faulty")
    {
        Description = "How many of them may be malicious (f): f + 1 use the key", HelpName = "F", DefaultValueFactory = _ => 1,
    };

    public IEnumerable<Option> All => [_holders, _faulty];

    public HolderSet Read(Invocation run)
    {
        var nodes = run.Get(_holders).Split(',').Select(text => NodeId.TryParse(text, out var node)
            ? node
            : throw CommandEndedException.Usage($"'{text}' in --holders is not a node: expected cluster/node, such as 1/2"));
        var ordered = nodes.OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index);
        return HolderSet.Of(ordered, run.Get(_faulty)).Is(out var holders, out var refusal) ? holders : throw CommandEndedException.Usage($"--holders and --faulty: {refusal.Detail}");
    }

    /// <summary>The clusters as a request names them.</summary>
    public static (ClusterId First, ClusterSet? Several) Scope(IEnumerable<ClusterId> clusters)
    {
        List<ClusterId> all = [.. clusters.Distinct().OrderBy(cluster => cluster.Number)];
        return all.Count == 1 ? (all[0], null) : ClusterSet.TryCreate(all, out var set) ? (all[0], set) : throw CommandEndedException.Usage($"a request names at most {ClusterSet.Limit} clusters");
    }
}
