using Orleans.Concurrency;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Sessions;

/// <summary>
/// Keeps sessions of one key prepared. One at a time, only while nobody on this silo waits for a signature, and only for a key that is in use; what is
/// taken out is gone, even where it then fails.
/// </summary>
[Reentrant]
internal sealed partial class PresignPoolGrain(SessionCoordination coordination, ILogger<PresignPoolGrain> logger) : Grain, IPresignPoolGrain
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly PresignStock _stock = new();
    private IGrainTimer? _timer;
    private KeyReport? _key;
    private DateTimeOffset _used;
    private DateTimeOffset _notBefore;
    private bool _filling;

    private SessionOptions Options => coordination.Options;

    private string Protocol => _key?.Kind ?? "";

    public Task<TakenSession> TakeAsync(TakeSession command, CancellationToken cancellationToken)
    {
        var now = coordination.Time.GetUtcNow();
        (_key, _used) = (command.Key, now);
        GiveUp(_stock.RemoveExpired(now));
        var taken = _stock.Take(command.Avoid);
        if (taken is not null) coordination.Instruments.OnDepth(Protocol, -1);
        _timer ??= this.RegisterGrainTimer(FillAsync, new GrainTimerCreationOptions(Options.PresignAfter, Options.PresignAfter) { Interleave = true });
        return Task.FromResult(new TakenSession(taken));
    }

    public Task DropAsync(NodeId node, CancellationToken cancellationToken)
    {
        GiveUp(_stock.RemoveWith(node));
        return Task.CompletedTask;
    }

    public Task<PresignDepth> GetDepthAsync(CancellationToken cancellationToken) => Task.FromResult(new PresignDepth(_stock.Count, Options.Presign));

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        GiveUp(_stock.RemoveAll());
        return Task.CompletedTask;
    }

    // On a timer that fires again and again: as many as there is time for, then the next tick.
    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_filling || _key is not { } key || coordination.Time.GetUtcNow() < _notBefore) return;
        _filling = true;
        try
        {
            while (!cancellationToken.IsCancellationRequested && coordination.Load.IsIdle(Options.PresignAfter) && await PrepareOneAsync(key, cancellationToken)) { }
        }
        finally
        {
            _filling = false;
        }
    }

    private async Task<bool> PrepareOneAsync(KeyReport key, CancellationToken cancellationToken)
    {
        var now = coordination.Time.GetUtcNow();
        GiveUp(_stock.RemoveExpired(now));
        if (now - _used > Options.PresignIdle)
        {
            // Nobody signs with it any more: what enclaves hold for it is given back, and the pool goes.
            DeactivateOnIdle();
            return false;
        }

        var flow = SessionFlows.Of(key.Kind)!;
        var seats = Seats(key, flow);
        using var late = new CancellationTokenSource(Options.Deadline, coordination.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var field = await seats.FieldAsync(coordination.Grudges.Of(key.Key), fresh: false, deadline.Token);
        if (!flow.Choose(field).Is(out var crew, out var refusal)) return Unprepared(key, refusal.Detail);
        if (_stock.CountOf(crew) >= Options.Presign) return false;

        var planned = await SessionPlanning.PlanAsync(coordination, flow, seats, crew, SessionPurpose.Presign, default, deadline.Token);
        if (planned.Plan is not { } plan) return Unprepared(key, planned.Mishaps[0].Why);
        var drive = new SessionDrive(flow, plan, crew, seats.Reach, coordination.Time, Options.StepTimeout, coordination.Instruments);
        var end = await drive.OpenAsync(null, deadline.Token);
        if (end.Packet is null)
        {
            drive.Abandon();
            foreach (var node in crew) coordination.Keys.Forget(node);
            coordination.Holders.Forget();
            foreach (var mishap in end.Mishaps) coordination.Instruments.OnAbort(flow.Protocol, mishap);
            coordination.Grudges.Hold(key.Key, SessionJudgement.After(coordination.Grudges.Of(key.Key), crew, end.Mishaps));
            return Unprepared(key, end.Mishaps[0].Why);
        }

        var bytes = new WireWriter();
        SessionPlan.Write(bytes, plan);
        _stock.Add(new PreparedSession(bytes.ToArray(), crew, drive.Steps), now + Options.PresignLife);
        coordination.Instruments.OnPrepared(Protocol);
        coordination.Instruments.OnDepth(Protocol, 1);
        return true;
    }

    private bool Unprepared(KeyReport key, string why)
    {
        _notBefore = coordination.Time.GetUtcNow() + Pause;
        LogUnprepared(logger, key.KeyId, why);
        return false;
    }

    private SessionSeats Seats(KeyReport key, ISessionFlow flow)
    {
        var terms = flow.Terms(key)!;
        return new SessionSeats(coordination, GrainFactory, key.Key, terms, terms.Clusters);
    }

    // Enclaves hold a prepared session's secrets until they are told, or for an hour.
    private void GiveUp(IReadOnlyList<PreparedSession> sessions)
    {
        if (sessions.Count == 0) return;
        coordination.Instruments.OnDepth(Protocol, -sessions.Count);
        var flow = SessionFlows.Of(_key!.Kind)!;
        var seats = Seats(_key, flow);
        foreach (var session in sessions)
        {
            var reader = new WireReader(session.Plan.Span);
            var drive = new SessionDrive(
                flow, SessionPlan.Read(ref reader), session.Participants, seats.Reach, coordination.Time, Options.StepTimeout, coordination.Instruments);
            drive.Abandon();
        }
    }
}
