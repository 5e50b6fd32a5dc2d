using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Customers;
using VaultGrid.Grains.Sessions;
using VaultGrid.Grains.SharedKeys;
using VaultGrid.Grains.Trusts;

namespace VaultGrid.Grains.Approvals;

/// <summary>
/// One request. Each command decides, persists, then acts; what an enclave did before a crash is found by asking it again, because a signature
/// is repeatable and everything else names what it replaces.
/// </summary>
internal sealed partial class ApprovalRequestGrain(
    [PersistentState("request")] IPersistentState<ApprovalRequestState> stored,
    ApprovalScreen screen,
    JointExecution joint,
    IRequestHistory history,
    TimeProvider time,
    ApprovalInstruments instruments,
    ILogger<ApprovalRequestGrain> logger) : Grain, IApprovalRequestGrain
{
    private RequestDocument? _document;
    private RequestReport? _listed;
    private Task<AssignedCustomers>? _assigned;

    public Task<Answer<RequestReport>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<RequestReport>>(
        stored.State.Report is { } report ? RequestDecisions.At(report, time.GetUtcNow()) : Unknown());

    public async Task<Answer<RequestReport>> SubmitAsync(SubmitRequest command, CancellationToken cancellationToken)
    {
        if (!File(command).Is(out var filed, out var refusal)) return refusal;
        if (stored.State.Report is null) await PersistAsync(await OwnedAsync(filed), cancellationToken);
        return await SettledAsync(cancellationToken);
    }

    public async Task<Answer<RequestReport>> ApproveAsync(GivenApproval approval, CancellationToken cancellationToken)
    {
        if (stored.State.Report is null) return Unknown();
        var report = await SettledAsync(cancellationToken);
        if (RequestDecisions.WhyClosed(report) is { } closed) return closed;
        if (report.State == RequestState.Done) return report;

        if (!(await GatherAsync([approval], cancellationToken)).Is(out var gathered, out var refusal)) return refusal;
        if (gathered.Approvals.Length == stored.State.Approvals.Length) return report;
        await PersistAsync(With(report, gathered), cancellationToken, gathered.Approvals);
        return await ListedAsync(cancellationToken);
    }

    public async Task<Answer<RequestReport>> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Report is null) return Unknown();
        var report = await SettledAsync(cancellationToken);
        if (RequestDecisions.WhyClosed(report) is { } closed) return closed;
        return report.State == RequestState.Done ? report : await CarryOutAsync(report, cancellationToken);
    }

    public async Task<Answer<RequestReport>> ExecuteApprovedAsync(ExecuteRequest command, CancellationToken cancellationToken)
    {
        if (!File(command.Submission).Is(out var filed, out var refusal)) return refusal;
        var report = stored.State.Report is null ? filed : await SettledAsync(cancellationToken);
        if (RequestDecisions.WhyClosed(report) is { } closed) return closed;
        if (report.State == RequestState.Done) return report;

        var tried = stored.State.Report is null ? await TryAtOnceAsync(report, command.Approvals, cancellationToken) : null;
        if (tried is { Outcome.Refusal: null }) return await SettledAsync(CancellationToken.None);

        if (!(await GatherAsync(command.Approvals, cancellationToken)).Is(out var gathered, out refusal)) return refusal;
        if (stored.State.Report is null || gathered.Approvals.Length > stored.State.Approvals.Length)
            await PersistAsync(report = With(await OwnedAsync(report), gathered), cancellationToken, gathered.Approvals);

        // What an enclave said of the same approvals holds; of fewer it would say something else.
        return await CarryOutAsync(report, cancellationToken, gathered.Approvals.Length == command.Approvals.Length ? tried : null);
    }

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Report is not null) await SettledAsync(cancellationToken);
    }

    private static RequestReport With(RequestReport report, Gathered gathered) => report with { Approvers = [.. gathered.Admins.Select(admin => admin.Identity)] };

    private Refusal Unknown() => new(RefusalCode.RequestUnknown, $"there is no request {this.GetPrimaryKeyString()}");

    private Outcome<RequestReport> File(SubmitRequest command)
    {
        if (stored.State.Report is { } filed)
        {
            return RequestDecisions.IsSame(filed, command)
                ? filed
                : new Refusal(RefusalCode.RequestConflict, $"request {filed.RequestId} was filed with other bytes; a new request needs a new id");
        }

        if (!RequestDocument.Parse(command.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request.Id.ToString() != this.GetPrimaryKeyString())
            return new Refusal(RefusalCode.RequestMalformed, "the request has another id than the one it was filed under");
        if (!RequestDecisions.File(document, command, time.GetUtcNow()).Is(out var report, out refusal)) return refusal;
        _document = document;

        // Whose request it is does not change when its clusters are assigned to others later. Asked here, waited for where it is stored.
        ImmutableArray<ClusterId> clusters = report.Clusters.IsEmpty ? [report.Cluster] : report.Clusters;
        _assigned = GrainFactory.GetGrain<ICustomersGrain>(IGridGrain.Key).OfAsync(new AssignedClusters(clusters), CancellationToken.None);
        return report;
    }

    private async Task<RequestReport> OwnedAsync(RequestReport report) =>
        stored.State.Report is null && _assigned is { } asked ? report with { Customers = (await asked).Customers } : report;

    private RequestDocument Document() => _document ??= RequestDocument.Parse(stored.State.Report!.Request.Span).Value;

    private async Task<Outcome<Gathered>> GatherAsync(ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var gathered = screen.Recall(stored.State.Approvals);
        foreach (var approval in approvals)
        {
            var outcome = await screen.AddAsync(GrainFactory, Document(), gathered, approval, cancellationToken);
            if (!outcome.Is(out var next, out var refusal)) return refusal;
            gathered = next;
        }

        instruments.OnApproved(gathered.Approvals.Length - stored.State.Approvals.Length);
        return gathered;
    }

    // A signature under approvals that are at hand is asked for first and stored once, with its result: nobody was told anything before, and a
    // signature is repeatable. The enclave checks the approvals itself; only what it refuses is screened and filed. Null for other actions.
    private async Task<Attempt?> TryAtOnceAsync(RequestReport report, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        if (Document().Request is not SignRequest request || approvals.Length > Approval.Limit) return null;
        var started = time.GetTimestamp();
        var attempt = await AttemptAsync(request, report, approvals, cancellationToken);
        if (!attempt.Outcome.Is(out var carried, out _)) return attempt;

        instruments.OnApproved(approvals.Length);
        instruments.OnExecuted(report.Action, null, time.GetElapsedTime(started));
        await DoneAsync(With(await OwnedAsync(report), screen.Recall(approvals)) with { Session = attempt.Session }, carried, approvals);
        return attempt;
    }

    private async Task<Answer<RequestReport>> CarryOutAsync(RequestReport report, CancellationToken cancellationToken, Attempt? tried = null)
    {
        var request = Document().Request;
        var started = time.GetTimestamp();
        var attempt = await PerformAsync(request, report, tried, cancellationToken);
        instruments.OnExecuted(report.Action, attempt.Outcome.Refusal?.Code, time.GetElapsedTime(started));

        // From here on the result is known to us alone: the caller's impatience must not lose it.
        report = report with { Parts = attempt.Parts, Session = attempt.Session, Ceremony = attempt.Ceremony ?? report.Ceremony };
        if (!attempt.Outcome.Is(out var carried, out var refusal))
        {
            var kept = SessionRuns.KeepAsync(GrainFactory, attempt.Session, CancellationToken.None);
            await Task.WhenAll(PersistAsync(RequestDecisions.Refuse(report, refusal, time.GetUtcNow()), CancellationToken.None), kept);
            await ListedAsync(CancellationToken.None);
            LogRefused(logger, report.RequestId, report.Action, refusal.Code);
            return refusal;
        }

        await DoneAsync(report, carried, stored.State.Approvals);
        if (request is not SignRequest && request.Clusters is null && !SharedKeyExecution.LeavesAllAlike(request)) await SynchroniseAsync(cancellationToken);
        return stored.State.Report!;
    }

    // The row and the session's journal are written beside the state, so that one commit holds all where they are in one database. A crash between them
    // may leave the row alone: it tells the truth, and who was not answered asks again. Done is the end: the activation need not stay for it.
    private async Task DoneAsync(RequestReport report, Carried carried, ImmutableArray<GivenApproval> approvals)
    {
        var done = RequestDecisions.Done(report, carried, time.GetUtcNow());
        var kept = SessionRuns.KeepAsync(GrainFactory, done.Session, CancellationToken.None);
        var persisted = PersistAsync(done, CancellationToken.None, approvals);
        await Task.WhenAll(kept, persisted, history.SaveAsync(done, CancellationToken.None));
        _listed = done;
        if (Document().Request is SignRequest signed) instruments.OnSigned(signed.Cluster);
        LogDone(logger, report.RequestId, report.Action, carried.Node);
        DeactivateOnIdle();
    }

    private static PerformCall Call(RequestReport report, ImmutableArray<GivenApproval> approvals) => new(
        report.Request, [.. approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))], report.Document);

    private async Task<Attempt> PerformAsync(Request request, RequestReport report, Attempt? tried, CancellationToken cancellationToken)
    {
        var attempt = tried ?? await AttemptAsync(request, report, stored.State.Approvals, cancellationToken);
        if (attempt.Outcome.Refusal?.Code != RefusalCode.StateStale) return attempt;

        // No node that answers has heard the news that the request speaks of; perhaps one has that was passed over.
        await SynchroniseAsync(cancellationToken);
        return await AttemptAsync(request, report, stored.State.Approvals, cancellationToken);
    }

    private async Task<Attempt> AttemptAsync(
        Request request, RequestReport report, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        if (await SharedKeyExecution.TakesAsync(GrainFactory, request, cancellationToken))
        {
            ImmutableArray<ClusterId> clusters = report.Clusters.IsDefaultOrEmpty ? [report.Cluster] : report.Clusters;
            var made = await KeyAllowance.WithinAllAsync<Attempt>(
                GrainFactory, clusters, request, async () => await SharedKeyExecution.PerformAsync(GrainFactory, report, request, approvals, cancellationToken), cancellationToken);
            return made.Is(out var attempt, out var refusal) ? attempt : new Attempt(refusal, []);
        }

        return request is BootstrapTrustRequest ? Attempt.Of(await BootstrapSealing.PerformAsync(GrainFactory, Call(report, approvals), report.Caller, cancellationToken), request)
            : request.Clusters is null ? Attempt.Of(
                await KeyAllowance.WithinAsync(
                    GrainFactory, request.Cluster, request, () => RouteAsync(request, Call(report, approvals), cancellationToken), cancellationToken), request)
            : await joint.PerformAsync(GrainFactory, report, request, approvals, cancellationToken);
    }

    private async Task<Outcome<Served<Performed>>> RouteAsync(Request request, PerformCall call, CancellationToken cancellationToken)
    {
        var routes = new RoutedCall(GrainFactory, request.Cluster);
        var route = await routes.RouteAsync(nodes => NodeRoute.For(request, nodes), cancellationToken);
        if (stored.State.Tried is { } tried && route.Contains(tried)) route = route.Remove(tried).Insert(0, tried);
        if (request is not SignRequest && route is [var first, ..] && first != stored.State.Tried)
        {
            stored.State.Tried = first;
            await stored.WriteStateAsync(cancellationToken);
        }

        return await routes.AskAsync(route, call, cancellationToken);
    }

    // Clusters of other grids see to themselves.
    private async Task SynchroniseAsync(CancellationToken cancellationToken)
    {
        var report = stored.State.Report!;
        IEnumerable<ClusterId> clusters = report.Clusters.IsEmpty ? [report.Cluster] : report.Clusters;
        var known = (await GrainFactory.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken)).Nodes.Select(node => node.Cluster).ToHashSet();
        await Task.WhenAll(clusters.Where(known.Contains)
            .Select(cluster => GrainFactory.GetGrain<ISynchronisationGrain>(cluster.ToString()).SynchroniseAsync(cancellationToken)));
    }

    private async Task<RequestReport> SettledAsync(CancellationToken cancellationToken)
    {
        var report = RequestDecisions.At(stored.State.Report!, time.GetUtcNow());
        if (report != stored.State.Report) await PersistAsync(report, cancellationToken);
        return await ListedAsync(cancellationToken);
    }

    // The row follows the state and precedes the answer, so that what was acknowledged is in the history; after a crash between the two, the next
    // command or the cluster's next round writes it.
    private async Task<RequestReport> ListedAsync(CancellationToken cancellationToken)
    {
        var report = stored.State.Report!;
        if (ReferenceEquals(report, _listed)) return report;
        await history.SaveAsync(report, cancellationToken);
        _listed = report;
        return report;
    }

    private async Task PersistAsync(RequestReport report, CancellationToken cancellationToken, ImmutableArray<GivenApproval>? approvals = null)
    {
        var before = (stored.State.Report, stored.State.Approvals);
        var isNew = before.Report is null;
        (stored.State.Report, stored.State.Approvals) = (report, approvals ?? before.Approvals);
        try
        {
            await stored.WriteStateAsync(cancellationToken);
        }
        catch
        {
            // What is not stored was not decided.
            (stored.State.Report, stored.State.Approvals) = before;
            throw;
        }

        if (isNew) instruments.OnFiled(report.Action);
    }
}
