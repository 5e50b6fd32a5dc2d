using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>One ceremony. Its plan is written down before any enclave hears of it; a reminder brings it back after a silo's death, and enclaves then say again what they said.</summary>
internal sealed partial class CeremonyGrain(
    [PersistentState("ceremony")] IPersistentState<CeremonyState> stored, SharedKeyDesk desk, ILogger<CeremonyGrain> logger) : Grain, ICeremonyGrain, IRemindable, IDisposable
{
    private const string Resume = "resume";
    private const int RepairTries = 3;
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GoingOn = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;

    // A new key is in force and its grain has written it down: whoever asked for it doesn't wait until its ceremony's end is written, too. Who asks the members again hears of it from them.
    private readonly TaskCompletionSource _isMade = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CeremonyCourier? _courier;
    private IGrainTimer? _awake;
    private bool _isRemembered;
    private bool _areKeysFresh;

    private bool HasEnded => stored.State.Report is { State: not CeremonyReport.Running };

    public async Task<Answer<CeremonyReport>> RunAsync(CeremonyOrder order, CancellationToken cancellationToken)
    {
        var outcome = await RunOnceAsync(order, cancellationToken);

        // A repair that one of its helpers stopped goes on with others at once.
        for (var again = 0; again < RepairTries && order.Kind == CeremonyKinds.Repair && outcome.Value?.State == CeremonyReport.Failed && !stored.State.Avoid.IsEmpty; again++)
            outcome = await RunOnceAsync(order, cancellationToken);
        return outcome;
    }

    private async Task<Answer<CeremonyReport>> RunOnceAsync(CeremonyOrder order, CancellationToken cancellationToken)
    {
        if (stored.State.Report is null || (HasEnded && MayRepeat(stored.State.Report, order)))
        {
            if (await BeginAsync(order, cancellationToken) is { } refusal) return refusal;
        }

        if (!HasEnded)
        {
            var driven = _running ??= DriveAsync();
            await Task.WhenAny(driven, _isMade.Task, Task.Delay(desk.Options.CeremonyWait, desk.Time, cancellationToken));
        }

        return Current();
    }

    public Task<Answer<CeremonyReport>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<CeremonyReport>>(
        stored.State.Report is null ? new Refusal(RefusalCode.SessionUnknown, $"the grid has no ceremony {this.GetPrimaryKeyString()}") : Current());

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _isRemembered = true;
        if (stored.State.Report is not null && !HasEnded) _running ??= DriveAsync();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    // A share can be lost twice; what failed may succeed once whoever was away is back. What was done stays done.
    private static bool MayRepeat(CeremonyReport ended, CeremonyOrder order) => ended.State == CeremonyReport.Failed || order.Kind == CeremonyKinds.Repair;

    private async Task<Refusal?> BeginAsync(CeremonyOrder order, CancellationToken cancellationToken)
    {
        if (!(await new CeremonyPlanning(desk, GrainFactory).PlanAsync(order, stored.State.Avoid, cancellationToken)).Is(out var planned, out var refusal)) return refusal;
        stored.State.Order = order;
        stored.State.Plan = planned.Plan.ToBytes();
        stored.State.Document = planned.Document;
        stored.State.Report = new CeremonyReport
        {
            Ceremony = Hash256.Parse(this.GetPrimaryKeyString()),
            Kind = order.Kind,
            Key = order.Key,
            State = CeremonyReport.Running,
            Started = desk.Time.GetUtcNow(),
            Elapsed = TimeSpan.Zero,
            Members = [.. planned.Plan.Members.Select(member => new CeremonyMemberReport(member.Node, ""))],
        };
        await Task.WhenAll(stored.WriteStateAsync(cancellationToken), AskForKeysAsync(planned.Plan, cancellationToken));
        _areKeysFresh = true;
        return null;
    }

    // While the plan is written down: the members' session keys, which the courier begins with. Of one that lost its key meanwhile the courier hears when it becomes quiet.
    private async Task AskForKeysAsync(CeremonyPlan plan, CancellationToken cancellationToken)
    {
        await Task.WhenAll(plan.Members.Select(member => desk.SessionKeyAsync(GrainFactory, member.Node, cancellationToken)));
    }

    private CeremonyReport Current()
    {
        var report = stored.State.Report!;
        if (HasEnded || _courier is not { } courier) return report;
        return report with { Members = MembersOf(courier), Blamed = courier.Blames.ToReports(), Elapsed = desk.Time.GetUtcNow() - report.Started };
    }

    private static ImmutableArray<CeremonyMemberReport> MembersOf(CeremonyCourier courier) =>
        [.. courier.Members.Select(member => new CeremonyMemberReport(member.Node, member.Stage is { } stage ? stage.ToString().ToLowerInvariant() : ""))];

    private async Task DriveAsync()
    {
        // Most ceremonies are over in milliseconds; only one that is not has to be found again by a reminder.
        _awake ??= this.RegisterGrainTimer(
            RememberAsync, new GrainTimerCreationOptions(desk.Options.CeremonyPatience, GoingOn) { KeepAlive = true, Interleave = true });
        try
        {
            await DriveToEndAsync();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException or OperationCanceledException)
        {
            // The reminder brings it back, where the state can be written again.
            LogInterrupted(logger, exception, stored.State.Report!.Ceremony);
        }
        finally
        {
            _running = null;
            _awake?.Dispose();
            _awake = null;
        }
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        if (HasEnded) return;
        if (_courier is { } courier && logger.IsEnabled(LogLevel.Information))
        {
            var stages = string.Join(", ", courier.Members.Select(member => $"{member.Node} {member.Stage?.ToString().ToLowerInvariant() ?? "silent"}{(member.Refusal is { } why ? $" ({why.Code.Name()})" : "")}"));
            var (report, elapsed) = (stored.State.Report!, (desk.Time.GetUtcNow() - stored.State.Report!.Started).TotalMilliseconds);
            LogGoesOn(logger, report.Ceremony, report.Kind, elapsed, stages);
        }

        if (_isRemembered) return;
        await this.RegisterOrUpdateReminder(Resume, ReminderPeriod, ReminderPeriod);
        _isRemembered = true;
    }

    private async Task DriveToEndAsync()
    {
        var (state, order) = (stored.State, stored.State.Order!);
        var plan = CeremonyPlan.Parse(state.Plan.Span).Value;
        var opening = new OpenCeremonyCall(
            state.Plan, [], order.Request, [.. order.Approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))], state.Document);
        var courier = _courier = new CeremonyCourier(desk, GrainFactory, plan, opening, DealersFaulty(plan, state.Document));
        var left = state.Report!.Started + desk.Options.CeremonyDeadline - desk.Time.GetUtcNow();
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1), desk.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stopping.Token);
        var areKeysFresh = _areKeysFresh;
        _areKeysFresh = false;
        var done = await courier.RunAsync(either.Token, areKeysFresh);
        if (_stopping.IsCancellationRequested && !done) return;

        if (done) await DoneAsync(courier, plan, order);
        else await FailAsync(courier, plan);
    }

    // A resharing's old holders have an f of their own: it stands in the version that new holders are brought.
    private static int DealersFaulty(CeremonyPlan plan, ReadOnlyMemory<byte> document) =>
        plan.Kind == CeremonyKind.Reshare && EnclaveDocuments.ForNewHolder(document.Span).Is(out var current, out _) ? current.Version.Faulty : plan.Faulty;

    private async Task DoneAsync(CeremonyCourier courier, CeremonyPlan plan, CeremonyOrder order)
    {
        var report = stored.State.Report! with { State = CeremonyReport.Done, Key = plan.Kind == CeremonyKind.Generate ? courier.Certified!.Version.Key : plan.Key };
        if (courier.Certified is { } certified)
        {
            report = report with { Version = certified.Version.Number };
            var learn = new LearnSharedKey(
                EnclaveDocuments.Of(certified), courier.Evidence is { } evidence ? EnclaveDocuments.Of(evidence) : default, order.Kind,
                order.Kind == CeremonyKinds.Reshare ? order.Request : default, order.Kind == CeremonyKinds.Reshare ? order.Approvals : []);
            var key = GrainFactory.GetGrain<ISharedKeyGrain>(certified.Version.Key.ToString());
            await key.LearnAsync(learn, CancellationToken.None);
            if (!courier.Members.All(member => member.IsDone)) _ = key.TendAsync(CancellationToken.None);
        }

        await EndAsync(courier, report);
    }

    private async Task FailAsync(CeremonyCourier courier, CeremonyPlan plan)
    {
        await courier.CloseAsync(CancellationToken.None);
        var refusal = courier.WhyNot() ?? new Refusal(RefusalCode.SessionAborted, "too few members did their part in time; who is missing is named");
        if (plan.Kind == CeremonyKind.Repair) stored.State.Avoid = Avoid(courier, plan);
        await EndAsync(courier, stored.State.Report! with { State = CeremonyReport.Failed, Refusal = Refused.Of(refusal) });
    }

    // Those that failed in this try and in those before, as long as there may be others.
    private ImmutableArray<NodeId> Avoid(CeremonyCourier courier, CeremonyPlan plan)
    {
        ImmutableArray<NodeId> now =
        [
            .. courier.Members.Where(member => member.Refusal is not null).Select(member => member.Node).Concat(courier.Blames.ToReports().Select(blame => blame.Node))
                .Where(node => node != plan.Members[0].Node).Distinct(),
        ];
        ImmutableArray<NodeId> all = [.. stored.State.Avoid.Union(now)];
        return all.Length <= plan.Faulty + 1 ? all : now;
    }

    private async Task EndAsync(CeremonyCourier courier, CeremonyReport report)
    {
        // Who did its part in the end was slow, at most.
        foreach (var member in courier.Members.Where(member => member.IsDone)) courier.Blames.Forget(member.Node, CeremonyCourier.Silent);
        foreach (var absent in courier.Members.Where(member => member.Stage is null)) courier.Blames.Add(absent.Node, absent.Refusal?.Code.Name() ?? RefusalCode.EnclaveDetached.Name());
        report = report with { Members = MembersOf(courier), Blamed = courier.Blames.ToReports(), Elapsed = desk.Time.GetUtcNow() - report.Started };
        stored.State.Report = report;
        if (report is { Kind: CeremonyKinds.Generate, State: CeremonyReport.Done }) _isMade.TrySetResult();
        await stored.WriteStateAsync(CancellationToken.None);
        desk.Instruments.OnCeremony(report.Kind, report.State, report.Elapsed);
        foreach (var blame in report.Blamed) desk.Instruments.OnBlamed(blame.Node, blame.Why);
        LogEnded(logger, report.Ceremony, report.Kind, report.State, report.Elapsed.TotalMilliseconds, report.Blamed.Length);
        if (_isRemembered && await this.GetReminder(Resume) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }
}
