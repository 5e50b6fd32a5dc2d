using Orleans.Concurrency;
using VaultGrid.Grains.Approvals;

namespace VaultGrid.Grains.Bridges;

/// <summary>The grid's own door. On every silo as often as needed.</summary>
[StatelessWorker, Reentrant]
internal sealed class GridBridgeGrain(BridgeAdmission admission, IRequestHistory history) : Grain, IGridBridgeGrain
{
    private IAuthoritiesGrain Authorities => GrainFactory.GetGrain<IAuthoritiesGrain>(IGridGrain.Key);

    public Task<Answer<GridReport>> GetGridAsync(CancellationToken cancellationToken) => EnterAsync<GridReport>(async () =>
    {
        var nodes = await GrainFactory.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken);
        var lines = nodes.Nodes.Select(node => node.Cluster).Distinct().Select(cluster => LineAsync(cluster, cancellationToken));
        return new GridReport([.. await Task.WhenAll(lines)]);
    });

    public Task<Answer<AuthoritiesBundle>> GetAuthoritiesAsync(CancellationToken cancellationToken) =>
        EnterAsync(() => Authorities.GetAsync(cancellationToken));

    public Task<Answer<PublishedAuthorities>> PublishAuthoritiesAsync(AuthoritiesBundle bundle, CancellationToken cancellationToken) =>
        EnterAsync(() => Authorities.PublishAsync(bundle, cancellationToken));

    public Task<Answer<RequestReport>> GetRequestAsync(RequestId request, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).GetAsync(cancellationToken));

    public Task<Answer<RequestReport>> SubmitAsync(RequestId request, SubmitRequest command, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).SubmitAsync(command, cancellationToken));

    public Task<Answer<RequestReport>> ExecuteApprovedAsync(RequestId request, ExecuteRequest command, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).ExecuteApprovedAsync(command, cancellationToken));

    public Task<Answer<SessionReport>> GetSessionAsync(Hash256 session, CancellationToken cancellationToken) =>
        EnterAsync(() => GrainFactory.GetGrain<ISigningSessionGrain>(session.ToString()).GetAsync(cancellationToken));

    public Task<Answer<RequestReport>> ApproveAsync(RequestId request, GivenApproval approval, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).ApproveAsync(approval, cancellationToken));

    public Task<Answer<RequestReport>> ExecuteAsync(RequestId request, CancellationToken cancellationToken) =>
        EnterAsync(() => RequestGrain(request).ExecuteAsync(cancellationToken));

    public Task<Answer<HistoryPage>> ListRequestsAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        EnterAsync<HistoryPage>(async () => await history.ListAsync(query, cancellationToken));

    private IApprovalRequestGrain RequestGrain(RequestId request) => GrainFactory.GetGrain<IApprovalRequestGrain>(request.ToString());

    private async Task<ClusterLine> LineAsync(ClusterId cluster, CancellationToken cancellationToken)
    {
        var reports = await GrainFactory.GetGrain<IClusterGrain>(cluster.ToString()).GetNodesAsync(cancellationToken);
        return new ClusterLine(cluster, reports.Nodes.Length, reports.Nodes.Count(report => report.Phase == NodeReport.Member));
    }

    private Task<Answer<T>> EnterAsync<T>(Func<Task<Answer<T>>> call)
        where T : class => admission.RunAsync(IGridGrain.Key, call);
}
