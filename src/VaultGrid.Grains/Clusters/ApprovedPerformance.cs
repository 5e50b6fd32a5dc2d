using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Customers;

namespace VaultGrid.Grains.Clusters;

/// <summary>One cluster's part of an approved request that several clusters carry out: the first node that can do it, then the others are brought into step.</summary>
internal sealed class ApprovedPerformance(IGrainFactory grains, ClusterId cluster)
{
    private ISynchronisationGrain Synchronisation => grains.GetGrain<ISynchronisationGrain>(cluster.ToString());

    /// <summary>Carries it out. An enclave that did so before answers the same again.</summary>
    public async Task<Outcome<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken)
    {
        if (!RequestDocument.Parse(command.Request.Span).Is(out var document, out var refusal)) return refusal;
        return await KeyAllowance.WithinAsync(grains, cluster, document.Request, () => CarryOutAsync(document, command, cancellationToken), cancellationToken);
    }

    private async Task<Outcome<PerformedApproved>> CarryOutAsync(RequestDocument document, PerformApproved command, CancellationToken cancellationToken)
    {
        var call = new PerformCall(command.Request, [.. command.Approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))], command.Document);
        var outcome = await RouteAsync(document.Request, command.First, call, cancellationToken);
        if (outcome.Refusal?.Code == RefusalCode.StateStale)
        {
            // No node that answers has heard the news that the request speaks of; perhaps one has that was passed over.
            await Synchronisation.SynchroniseAsync(cancellationToken);
            outcome = await RouteAsync(document.Request, command.First, call, cancellationToken);
        }

        if (!outcome.Is(out var served, out var refusal)) return refusal;
        await Synchronisation.SynchroniseAsync(cancellationToken);
        return new PerformedApproved(served.Node, KeyOf(served.Value, document.Request));
    }

    private async Task<Outcome<Served<Performed>>> RouteAsync(Request request, NodeId? first, PerformCall call, CancellationToken cancellationToken)
    {
        var routes = new RoutedCall(grains, cluster);
        var route = await routes.RouteAsync(nodes => NodeRoute.For(request, nodes), cancellationToken);
        if (first is { } wanted) route = route.Remove(wanted).Insert(0, wanted);
        return await routes.AskAsync(route, call, cancellationToken);
    }

    private static Hash256? KeyOf(Performed performed, Request request) => performed switch
    {
        Performed.KeyCreated created => Hash256.Of("birth-record", created.Evidence.Birth.Document.Span),
        Performed.Recorded => (request as ChangePolicyRequest)?.Key,
        Performed.AlarmsCleared => ((ClearAlarmsRequest)request).Key,
        Performed.Signed or Performed.Moved or Performed.TrustSealed => null,
        _ => throw new InvalidOperationException("An unlisted result."),
    };
}
