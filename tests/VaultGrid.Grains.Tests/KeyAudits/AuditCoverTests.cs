using VaultGrid.Grains.KeyAudits;

namespace VaultGrid.Grains.Tests.KeyAudits;

/// <summary>Which sessions an audit runs, for every (n, t) up to (6, 4): they use every share of every node, and point at whoever fails.</summary>
public sealed class AuditCoverTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            for (var clusters = 2; clusters <= 6; clusters++)
                for (var threshold = 2; threshold <= Math.Min(clusters, 4); threshold++)
                    for (var nodes = 1; nodes <= 2; nodes++)
                        shapes.Add(clusters, threshold, nodes);
            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Every_share_of_every_node_is_used(int clusters, int threshold, int nodes)
    {
        var cover = Cover(clusters, threshold, nodes);
        var sessions = 0;
        for (; cover.Next() is { } crew; sessions++)
        {
            Assert.Equal(threshold, crew.Length);
            Assert.Equal(crew.OrderBy(node => node.Cluster.Number).ToArray(), crew.ToArray());
            Assert.Equal(threshold, crew.Select(node => node.Cluster).Distinct().Count());
            cover.Worked(crew);
        }

        Assert.Equal(0, cover.Uncovered);
        Assert.Equal(([], []), Sets(cover));

        // At most one session for each combination of clusters and each node of them: no rounds for nothing.
        Assert.InRange(sessions, 1, Choose(clusters, threshold) * nodes * threshold);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void One_share_that_works_no_more_is_found_and_its_node_is_named_or_is_among_the_suspects(int clusters, int threshold, int nodes)
    {
        foreach (var broken in Nodes(clusters, nodes))
        {
            foreach (var share in Enumerable.Range(0, Choose(clusters, threshold - 1)).Where(share => !Lacking(clusters, threshold, share).Contains(broken.Cluster)))
            {
                var cover = Cover(clusters, threshold, nodes);
                while (cover.Next() is { } crew)
                {
                    if (Uses(crew, broken, Lacking(clusters, threshold, share))) cover.Failed(crew, []);
                    else cover.Worked(crew);
                }

                var (named, suspects) = cover.Named();
                Assert.True(named.Contains(broken) || suspects.Contains(broken), $"{broken} of {clusters} clusters, threshold {threshold}, share {share}");
                if (!named.IsEmpty) Assert.Equal([broken], named);
            }
        }
    }

    [Fact]
    public void A_node_that_fails_in_every_session_is_named_alone()
    {
        var cover = Cover(3, 2, 1);
        var liar = NodeId.Parse("2/1");
        while (cover.Next() is { } crew)
        {
            if (crew.Contains(liar)) cover.Failed(crew, []);
            else cover.Worked(crew);
        }

        Assert.Equal([liar], cover.Named().Broken);
    }

    [Fact]
    public void A_node_that_does_not_answer_is_left_out_and_not_blamed()
    {
        var cover = Cover(3, 2, 2);
        while (cover.Next() is { } crew)
        {
            if (crew.FirstOrDefault(node => node.ToString() == "3/2") is { Index: > 0 } silent) cover.Unreached(silent);
            else cover.Worked(crew);
        }

        Assert.Equal(0, cover.Uncovered);
        Assert.Equal(([], []), Sets(cover));
    }

    private static AuditCover Cover(int clusters, int threshold, int nodes) =>
        new([.. Enumerable.Range(1, clusters).Select(number => new ClusterId((uint)number))], threshold, Nodes(clusters, nodes));

    private static List<NodeId> Nodes(int clusters, int nodes) =>
        [.. from cluster in Enumerable.Range(1, clusters) from node in Enumerable.Range(1, nodes) select new NodeId(new ClusterId((uint)cluster), (uint)node)];

    private static (NodeId[], NodeId[]) Sets(AuditCover cover) => cover.Named() is var (broken, suspects) ? ([.. broken], [.. suspects]) : default;

    // Written down a second time: the share of a set is used by the first participant that is not in it.
    private static bool Uses(ImmutableArray<NodeId> crew, NodeId node, ClusterId[] lacking) => crew.First(each => !lacking.Contains(each.Cluster)) == node;

    private static ClusterId[] Lacking(int clusters, int size, int share) =>
        [.. Enumerable.Range(0, 1 << clusters).Where(mask => System.Numerics.BitOperations.PopCount((uint)mask) == size - 1).ElementAt(share) is var set
            ? Enumerable.Range(0, clusters).Where(place => (set >> place & 1) != 0).Select(place => new ClusterId((uint)place + 1))
            : []];

    private static int Choose(int n, int k) => k == 0 ? 1 : Choose(n, k - 1) * (n - k + 1) / k;
}
