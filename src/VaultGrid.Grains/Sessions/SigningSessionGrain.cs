namespace VaultGrid.Grains.Sessions;

/// <summary>
/// One session, one activation: sessions of one key do not wait for each other. It is written once, when it has ended, and beside what its caller writes; a silo
/// that dies before loses a journal and no more, and whoever asked asks again under a new id.
/// </summary>
internal sealed partial class SigningSessionGrain(
    [PersistentState("session")] IPersistentState<SigningSessionState> stored,
    SessionCoordination coordination,
    ILogger<SigningSessionGrain> logger) : Grain, ISigningSessionGrain
{
    private bool _isUnkept;

    public async Task<SessionReport> RunAsync(SessionOrder order, CancellationToken cancellationToken)
    {
        if (stored.State.Report is { } ended) return ended;
        var session = Hash256.Parse(this.GetPrimaryKeyString());
        var report = await new SessionRunner(coordination, GrainFactory, session, order).RunAsync();
        Tell(report);

        stored.State.Report = report;
        _isUnkept = true;
        return report;
    }

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (!_isUnkept) return;
        await stored.WriteStateAsync(CancellationToken.None);
        _isUnkept = false;
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _isUnkept ? stored.WriteStateAsync(cancellationToken) : Task.CompletedTask;

    public Task<Answer<SessionReport>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<SessionReport>>(
        stored.State.Report is { } report ? report : new Refusal(RefusalCode.SessionUnknown, $"the grid has no journal of a session {this.GetPrimaryKeyString()}"));

    private void Tell(SessionReport report)
    {
        foreach (var failed in report.Tries)
        {
            foreach (var mishap in failed.Mishaps) LogFailed(logger, report.Session, failed.Id, mishap.Node, mishap.Round, mishap.Code, mishap.Culprits.Length);
        }

        if (report.Signature is { } signature) LogSigned(logger, report.Session, report.Tries.Length, signature.Participants.Length);
        else LogGivenUp(logger, report.Session, report.Tries.Length, report.Refusal!.Code);
    }
}
