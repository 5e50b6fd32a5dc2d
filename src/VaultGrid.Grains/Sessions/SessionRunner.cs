using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Sessions;

/// <summary>
/// Coordinates one session: takes one that was prepared, or chooses participants, drives them, and when that fails tries others, until there is a
/// signature that verifies, nobody is left, or the time is over. Nothing here is trusted; what it decides wrongly costs tries, never a key.
/// </summary>
internal sealed class SessionRunner(SessionCoordination coordination, IGrainFactory grains, Hash256 session, SessionOrder order)
{
    private readonly ImmutableArray<SessionTry>.Builder _tries = ImmutableArray.CreateBuilder<SessionTry>();
    private readonly List<SessionMishap> _met = [];
    private SessionRecord _record = SessionRecord.Empty;
    private KeyReport? _key;
    private Lazy<Task<Outcome<IExpectedResult>>>? _expected;
    private bool _refreshed;

    private SessionOptions Options => coordination.Options;

    /// <summary>Runs it to its end.</summary>
    public async Task<SessionReport> RunAsync()
    {
        var (started, now) = (coordination.Time.GetTimestamp(), coordination.Time.GetUtcNow());
        using var load = coordination.Load.Begin();
        using var deadline = new CancellationTokenSource(Options.Deadline, coordination.Time);
        using var span = SessionInstruments.Session();
        var outcome = await RunAsync(deadline.Token);

        var elapsed = coordination.Time.GetElapsedTime(started);
        var protocol = _key?.Kind ?? "";
        span?.SetTag("protocol", protocol);
        coordination.Instruments.OnSession(protocol, _tries is [.., { IsPrepared: true }], outcome.Refusal?.Code, elapsed);
        var report = new SessionReport
        {
            Session = session,
            Key = order.Key,
            Protocol = protocol,
            Purpose = order.Request.IsEmpty ? SessionPurposes.Audit : SessionPurposes.Request,
            Request = order.Request.IsEmpty ? null : Hash256.Sha256(order.Request.Span),
            Started = now,
            Elapsed = elapsed,
            Tries = _tries.ToImmutable(),
        };
        return outcome.Is(out var made, out var refusal)
            ? report with { Signature = made.Signature, Message = made.Message }
            : report with { Refusal = Refused.Of(refusal) };
    }

    private async Task<Outcome<Made>> RunAsync(CancellationToken deadline)
    {
        if (!(await coordination.View.FindAsync(grains, order.Key, order.Clusters, deadline)).Is(out _key, out var refusal)) return refusal;
        if (SessionFlows.Of(_key.Kind) is not { } flow || flow.Terms(_key) is not { } terms)
            return new Refusal(RefusalCode.RequestCluster, $"'{_key.KeyId}' is a key of cluster {_key.Cluster} alone: the request names one cluster, not several");

        // Beside the participants' work, by another thread: pure, and a fifth of a millisecond that would else stand between their result and its reader.
        var key = _key;
        _expected = new(() => Task.Run(() => flow.Expect(order, key)));

        _record = coordination.Grudges.Of(order.Key);
        var seats = new SessionSeats(coordination, grains, _key.Key, terms, order.Clusters, order.Participants);
        var request = order.Request.IsEmpty
            ? null
            : new PerformCall(order.Request, [.. order.Approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))], default);
        while (_tries.Count < Options.Tries && !deadline.IsCancellationRequested)
        {
            var prepared = request is not null && flow.RequestRound is not null ? await TakePreparedAsync(deadline) : null;
            if (!(prepared is null ? await ChooseAsync(flow, seats, deadline) : prepared.Participants).Is(out var crew, out refusal))
                return SessionJudgement.Telling(_met, refusal);

            var end = prepared is null ? await OpenAsync(flow, seats, crew, request, deadline) : await GoAsync(flow, seats, prepared, request!, deadline);
            if ((await JudgeAsync(flow, crew, end)).Is(out var made, out refusal)) return made;
            if (SessionJudgement.Agreed(_met) is { } agreed) return agreed;

            // Where nobody else may take part, a check that failed would fail again, and raise an alarm each time.
            if (order.Participants is { IsDefaultOrEmpty: false } && _met.Exists(mishap => mishap.Code == RefusalCode.SessionAborted.Name()))
                return SessionJudgement.Telling(_met, refusal);
        }

        return SessionJudgement.Telling(_met, new Refusal(RefusalCode.GridUnavailable, "the clusters made no signature in time"));
    }

    // Once, before it is given up, every node is asked how it is: some may be back, others known by now.
    private async Task<Outcome<ImmutableArray<NodeId>>> ChooseAsync(ISessionFlow flow, SessionSeats seats, CancellationToken deadline)
    {
        var chosen = flow.Choose(await seats.FieldAsync(_record, fresh: false, deadline));
        if (chosen.Refusal is not { Code: RefusalCode.GridUnavailable } || _refreshed) return chosen;
        _refreshed = true;
        _record = _record.Forgiven();
        return flow.Choose(await seats.FieldAsync(_record, fresh: true, deadline));
    }

    private async Task<PreparedSession?> TakePreparedAsync(CancellationToken deadline)
    {
        // What failed once is not tried again with what was prepared before it failed.
        if (Options.Presign == 0 || _met.Count > 0 || order.Participants is { IsDefaultOrEmpty: false }) return null;
        var pool = grains.GetGrain<IPresignPoolGrain>(order.Key.ToString());
        var taken = await pool.TakeAsync(new TakeSession(_key!, _record.Avoided), deadline);
        return taken.Session is { } ready && !_record.IsClosed(ready.Participants) ? ready : null;
    }

    private async Task<SessionTrial> OpenAsync(
        ISessionFlow flow, SessionSeats seats, ImmutableArray<NodeId> crew, PerformCall? request, CancellationToken deadline)
    {
        var (purpose, subject) = request is null
            ? (SessionPurpose.Audit, order.Audit)
            : (SessionPurpose.Request, (ReadOnlyMemory<byte>)Hash256.Sha256(order.Request.Span).ToArray());
        var planned = await SessionPlanning.PlanAsync(coordination, flow, seats, crew, purpose, subject, deadline);
        if (planned.Mishaps is { IsEmpty: false } silent) return new SessionTrial(planned.Id, false, crew, [], SessionEnd.Of(silent));

        var drive = Drive(flow, planned.Plan!, crew, seats);
        var end = await drive.OpenAsync(request, deadline);
        if (end.Packet is null) drive.Abandon();
        return new SessionTrial(planned.Id, false, crew, drive.Steps, end);
    }

    private async Task<SessionTrial> GoAsync(
        ISessionFlow flow, SessionSeats seats, PreparedSession prepared, PerformCall request, CancellationToken deadline)
    {
        var reader = new WireReader(prepared.Plan.Span);
        var plan = SessionPlan.Read(ref reader);
        var drive = Drive(flow, plan, prepared.Participants, seats);
        var going = drive.GoAsync(request, deadline);
        drive.Announce(request, seats.TakesHints);
        var end = await going;
        if (end.Packet is null)
        {
            drive.Abandon();
            foreach (var mishap in end.Mishaps) _ = grains.GetGrain<IPresignPoolGrain>(order.Key.ToString()).DropAsync(mishap.Node, CancellationToken.None);
        }

        return new SessionTrial(plan.Session, true, prepared.Participants, prepared.Steps.AddRange(drive.Steps), end);
    }

    private SessionDrive Drive(ISessionFlow flow, SessionPlan plan, ImmutableArray<NodeId> crew, SessionSeats seats) =>
        new(flow, plan, crew, seats.Reach, coordination.Time, Options.StepTimeout, coordination.Instruments) { Meanwhile = () => _ = _expected!.Value };

    private async Task<Outcome<Made>> JudgeAsync(ISessionFlow flow, ImmutableArray<NodeId> crew, SessionTrial trial)
    {
        var mishaps = trial.End.Mishaps;
        Made? made = null;
        if (trial.End.Packet is { } packet)
        {
            var expected = await _expected!.Value;
            if (packet.Result().Then(result => expected.Then(read => read.Read(result.Span))).Is(out var signature, out var refusal))
                made = new Made(signature with { Node = crew[^1], Session = session, Participants = crew }, packet.Body);
            else
                mishaps = [new SessionMishap(packet.Round, crew[packet.Sender], refusal.Code.Name(), refusal.Detail, [.. crew])];
        }

        _tries.Add(new SessionTry(trial.Id, trial.IsPrepared, crew, trial.Steps, mishaps));
        if (made is not null) return made;

        _met.AddRange(mishaps);
        _record = SessionJudgement.After(_record, crew, mishaps);
        coordination.Grudges.Hold(order.Key, _record);
        foreach (var mishap in mishaps) coordination.Instruments.OnAbort(flow.Protocol, mishap);

        // A session key that an enclave has no more, or that its peers do not take, is asked for anew.
        foreach (var node in crew) coordination.Keys.Forget(node);
        coordination.Holders.Forget();
        return new Refusal(RefusalCode.SessionAborted, "this try made no signature");
    }

    private sealed record Made(SignatureReport Signature, ReadOnlyMemory<byte> Message);

    private sealed record SessionTrial(Hash256 Id, bool IsPrepared, ImmutableArray<NodeId> Crew, ImmutableArray<SessionStepEntry> Steps, SessionEnd End);
}
