namespace VaultGrid.Grains.SharedKeys;

/// <summary>Who was blamed for what, each once for each reason, with everybody who said so.</summary>
internal sealed class Blames
{
    private readonly Dictionary<(NodeId Node, string Why), (SortedSet<string> By, bool IsProven)> _all = [];

    /// <summary>Adds one.</summary>
    /// <param name="node">Who is blamed.</param>
    /// <param name="why">For what.</param>
    /// <param name="by">Who says so; null for the silo itself.</param>
    /// <param name="isProven">Whether the node's own messages convict it.</param>
    public void Add(NodeId node, string why, NodeId? by = null, bool isProven = false)
    {
        var known = _all.TryGetValue((node, why), out var entry) ? entry : (By: new SortedSet<string>(StringComparer.Ordinal), IsProven: false);
        if (by is { } accuser) known.By.Add(accuser.ToString());
        _all[(node, why)] = (known.By, known.IsProven || isProven);
    }

    /// <summary>Adds all of a report.</summary>
    public void Add(BlameReport blame)
    {
        Add(blame.Node, blame.Why, null, blame.IsProven);
        foreach (var accuser in blame.By) Add(blame.Node, blame.Why, accuser, blame.IsProven);
    }

    /// <summary>Takes one back.</summary>
    public void Forget(NodeId node, string why) => _all.Remove((node, why));

    /// <summary>All of them, in order of node.</summary>
    public ImmutableArray<BlameReport> ToReports() =>
    [
        .. _all.OrderBy(entry => entry.Key.Node.Cluster.Number).ThenBy(entry => entry.Key.Node.Index).ThenBy(entry => entry.Key.Why, StringComparer.Ordinal)
            .Select(entry => new BlameReport(entry.Key.Node, entry.Key.Why, [.. entry.Value.By.Select(NodeId.Parse)], entry.Value.IsProven)),
    ];
}
