using Microsoft.Extensions.Options;
using VaultGrid.Grains.Trusts;

namespace VaultGrid.Grains.Rewraps;

/// <summary>
/// Re-wraps a chain's Domains page by page. A timer does the pages, a reminder brings the timer back after a silo's death. Nothing is lost with a page: Domains that were re-wrapped are
/// listed under the newest Trust by then, the others are found again.
/// </summary>
internal sealed partial class RewrapGrain(
    [PersistentState("rewrap")] IPersistentState<RewrapStored> stored,
    ITrustCatalogue catalogue,
    TrustDocuments documents,
    IOptions<GridGrainOptions> options,
    TimeProvider time,
    ILogger<RewrapGrain> logger) : Grain, IRewrapGrain, IRemindable
{
    private const string Watch = "rewrap";
    private const int PageSize = 384;
    private const int ToldOf = 16;
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private TrustId _chain;
    private IGrainTimer? _timer;

    private bool IsUnderWay => stored.State.Phase is RewrapPhase.Running or RewrapPhase.Waiting;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!TrustId.TryParse(this.GetPrimaryKeyString(), out _chain)) throw new InvalidOperationException("This is no chain's id.");
        if (IsUnderWay) Turn(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task<Answer<RewrapReport>> StartAsync(CancellationToken cancellationToken)
    {
        if (!(await NewestAsync(cancellationToken)).Is(out var chain, out var refusal)) return refusal;
        await this.RegisterOrUpdateReminder(Watch, ReminderPeriod, ReminderPeriod);
        Aim(chain);
        stored.State.Phase = RewrapPhase.Running;
        await WriteAsync(cancellationToken);
        Turn(TimeSpan.Zero);
        return await ReportAsync(cancellationToken);
    }

    public async Task<Answer<RewrapReport>> GetAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Trust is not null) return await ReportAsync(cancellationToken);
        if (!(await NewestAsync(cancellationToken)).Is(out var chain, out var refusal)) return refusal;
        return new RewrapReport(_chain, chain.Trusts[^1], (ulong)chain.Trusts.Length, RewrapPhase.Idle, 0, chain.Behind, [], default);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (IsUnderWay) Turn(TimeSpan.Zero);
        else await ForgetReminderAsync();
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        if (!IsUnderWay) return;
        try
        {
            await PageAsync(cancellationToken);
        }
        catch (SiloUnavailableException)
        {
            // This silo is stopping, or another one that was asked: the reminder wakes the grain elsewhere.
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException)
        {
            LogFailed(logger, exception, _chain);
            Turn(options.Value.CheckEvery);
        }
    }

    private async Task PageAsync(CancellationToken cancellationToken)
    {
        if (!(await NewestAsync(cancellationToken)).Is(out var chain, out var refusal) || !(await documents.FindAsync(GrainFactory, chain.Trusts[^1], cancellationToken)).Is(out var newest, out refusal))
        {
            LogRefused(logger, _chain, refusal.Code);
            Turn(options.Value.CheckEvery);
            return;
        }

        Aim(chain);
        var state = stored.State;
        if (state.After is null) state.Refused = [];
        if (!(await catalogue.ListDomainsAsync(new DomainListing(state.After, PageSize, _chain, null, state.Number), cancellationToken)).Is(out var page, out refusal))
        {
            // A mark of an older catalogue: a pass begins anew.
            LogRefused(logger, _chain, refusal.Code);
            state.After = null;
            Turn(options.Value.CheckEvery);
            return;
        }

        var (done, refused) = await new RewrapPage(GrainFactory, documents, catalogue, _chain, newest).RunAsync(page.Domains, cancellationToken);
        state.Done += done;
        state.Refused = [.. state.Refused.Concat(refused).Take(ToldOf)];
        state.After = page.Next;
        if (page.Next is null) await EndPassAsync(done, cancellationToken);
        state.Changed = time.GetUtcNow();
        await WriteAsync(cancellationToken);
        if (state.Phase == RewrapPhase.Done) await ForgetReminderAsync();
        else Turn(state.Phase == RewrapPhase.Running ? TimeSpan.Zero : options.Value.CheckEvery);
    }

    private async Task EndPassAsync(int lately, CancellationToken cancellationToken)
    {
        var state = stored.State;
        var (_, left) = await catalogue.CountDomainsAsync(_chain, state.Number, cancellationToken);
        var phase = left == 0 ? RewrapPhase.Done : state.Refused.IsEmpty && lately > 0 ? RewrapPhase.Running : RewrapPhase.Waiting;
        if (phase != state.Phase) LogPhase(logger, _chain, state.Number, phase, state.Done, left);
        state.Phase = phase;
    }

    // A newer Trust is a new aim: what was counted was for the one before.
    private void Aim(ChainReport chain)
    {
        if (stored.State.Trust == chain.Trusts[^1]) return;
        (stored.State.Trust, stored.State.Number) = (chain.Trusts[^1], (ulong)chain.Trusts.Length);
        (stored.State.After, stored.State.Done, stored.State.Refused, stored.State.Changed) = (null, 0, [], time.GetUtcNow());
    }

    private async Task<Outcome<ChainReport>> NewestAsync(CancellationToken cancellationToken) =>
        (await GrainFactory.GetGrain<ITrustChainGrain>(_chain.ToString()).GetAsync(cancellationToken)).ToOutcome();

    private async Task<Answer<RewrapReport>> ReportAsync(CancellationToken cancellationToken)
    {
        var state = stored.State;
        var (_, left) = await catalogue.CountDomainsAsync(_chain, state.Number, cancellationToken);
        return new RewrapReport(_chain, state.Trust!.Value, state.Number, state.Phase, state.Done, left, state.Refused, state.Changed);
    }

    private void Turn(TimeSpan due)
    {
        if (_timer is null) _timer = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        else _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(Watch) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await stored.WriteStateAsync(cancellationToken);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
