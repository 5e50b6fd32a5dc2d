namespace VaultGrid.Grains.Clusters;

/// <summary>Which nodes may serve a call, in the order in which they are tried; pure but for the turn that spreads the load.</summary>
internal static class NodeRoute
{
    // So many calls in a row start at the same node: those of a busy moment then share a batch of its audit log, with one signature, one fsync and one answer on the wire.
    private const uint Together = 8;

    private static uint _turn;

    /// <summary>The nodes that an approved request is brought to.</summary>
    public static ImmutableArray<NodeId> For(Request request, ImmutableArray<NodeReport> reports) => request switch
    {
        SignRequest sign => Holding(reports, key => key.Key == sign.Key),
        ChangePolicyRequest change => Holding(reports, key => key.Key == change.Key),
        CreateKeyRequest create => [new NodeId(request.Cluster, create.Node)],
        // Whom the dealer wrapped for is asked first, by whoever knows it; a member that got the key since answers a repetition.
        DealKeyRequest deal => Holding(reports, key => key.KeyId == deal.KeyId),
        RetireNodeRequest retire => [new NodeId(request.Cluster, retire.Node)],
        ClearAlarmsRequest clear => [new NodeId(request.Cluster, clear.Node)],
        RestoreNodeRequest restore => [new NodeId(request.Cluster, restore.Node)],
        ChangeAdminsRequest or ChangeMembershipRequest or BootstrapTrustRequest => Order(reports, report => report.Phase switch
        {
            NodeReport.Member => 0,
            NodeReport.Certified => 1,
            NodeReport.Detached => 2,
            _ => null,
        }),
        _ => throw new InvalidOperationException("An unlisted action."),
    };

    /// <summary>Members that hold a key, then members that may have got it since, then nodes that may be back.</summary>
    public static ImmutableArray<NodeId> Holding(ImmutableArray<NodeReport> reports, Func<HeldKeyReport, bool> wanted) => Order(
        reports,
        report => (report.Phase, report.Keys.Any(wanted)) switch
        {
            (NodeReport.Member, true) => 0,
            (NodeReport.Member, false) => 1,
            (NodeReport.Detached, true) => 2,
            _ => null,
        });

    /// <summary>The members that hold a key, where each cluster sends one: the same first, as long as it serves, so that what was prepared with it is used.</summary>
    public static ImmutableArray<NodeId> InSession(Hash256 key, ImmutableArray<NodeReport> reports) =>
    [
        .. reports.Where(report => report.Phase == NodeReport.Member && report.Keys.Any(held => held.Key == key))
            .Select(report => report.Node).OrderBy(node => node.Index),
    ];

    private static ImmutableArray<NodeId> Order(ImmutableArray<NodeReport> reports, Func<NodeReport, int?> rank)
    {
        // The next calls start at the next node, so that equals share the work.
        var turn = Interlocked.Increment(ref _turn) / Together;
        return
        [
            .. reports.Select((report, place) => (report.Node, Rank: rank(report), Place: (place + turn) % reports.Length))
                .Where(candidate => candidate.Rank is not null)
                .OrderBy(candidate => candidate.Rank).ThenBy(candidate => candidate.Place)
                .Select(candidate => candidate.Node),
        ];
    }
}
