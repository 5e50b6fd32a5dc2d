namespace VaultGrid.Enclave.Tests;

/// <summary>A request that is announced to a participant of a prepared session: its signatures are verified ahead, and nothing else is decided.</summary>
public sealed class AnnouncementTests() : AccountSessions(clusters: 2, threshold: 2)
{
    [Fact]
    public async Task An_announced_request_is_signed_and_so_is_another_in_its_place()
    {
        var (announced, other) = (Request(), Request());
        foreach (var brought in new[] { announced, other })
        {
            var session = await PreparedAsync();
            for (var time = 0; time < 2; time++) await Site["2/1"].AskAsync(Announced(session, announced));
            Assert.Equal(65, (await session.GoAsync(brought))?.Length);
        }
    }

    [Fact]
    public async Task What_was_announced_is_checked_again_when_it_is_brought()
    {
        var call = Request();
        var (forged, few) = (call.Approvals[1] with { Signature = call.Approvals[0].Signature }, call with { Approvals = [call.Approvals[0]] });
        var session = await PreparedAsync();
        await Site["2/1"].AskAsync(Announced(session, call));

        // Nothing but the announced signatures is known: not those of others beside them, not a quorum, not the time.
        await BroughtAsync(RefusalCode.ApprovalQuorum, few);
        await BroughtAsync(RefusalCode.ApprovalInvalid, call with { Approvals = [call.Approvals[0], forged] });
        await BroughtAsync(RefusalCode.ApprovalInvalid, Request() with { Approvals = call.Approvals });
        Site.Time.Advance(TimeSpan.FromMinutes(59));
        await Site["2/1"].AskAsync(Announced(session, call));
        Site.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(65, (await session.GoAsync(call))?.Length);

        var late = await PreparedAsync();
        Site.Time.Advance(TimeSpan.FromSeconds(2));
        await Site["2/1"].RefusesAsync(RefusalCode.RequestExpired, Announced(late, call));
        await Site["2/1"].RefusesAsync(RefusalCode.RequestExpired, new StepSessionCall(late.Plan.Session, 4, [], call.Request, call.Approvals));

        Task BroughtAsync(RefusalCode code, PerformCall brought) =>
            Site["2/1"].RefusesAsync(code, new StepSessionCall(session.Plan.Session, 4, [], brought.Request, brought.Approvals));
    }

    [Fact]
    public async Task A_bad_announcement_is_refused_and_the_session_is_none_the_worse()
    {
        var call = Request();
        var session = await PreparedAsync();
        await Site["2/1"].RefusesAsync(RefusalCode.ApprovalQuorum, Announced(session, call with { Approvals = [call.Approvals[0]] }));
        await Site["2/1"].RefusesAsync(RefusalCode.RequestMalformed, Announced(session, call with { Request = new byte[] { 1 } }));
        await Site["2/1"].RefusesAsync(RefusalCode.SessionUnknown, new AnnounceRequestCall(Hash256.Sha256([1]), call.Request, call.Approvals));
        Assert.Equal(65, (await session.GoAsync(call))?.Length);
    }

    [Fact]
    public async Task A_session_that_has_its_request_takes_no_announcement()
    {
        var call = Request();
        var session = await PlanAsync(call, "1/1", "2/1");
        await session.OpenAsync();
        await Site["2/1"].RefusesAsync(RefusalCode.SessionMismatch, Announced(session, call));
        Assert.Equal(65, (await session.RunAsync())?.Length);
    }

    private static AnnounceRequestCall Announced(TestSession session, PerformCall call) => new(session.Plan.Session, call.Request, call.Approvals);

    private async Task<TestSession> PreparedAsync()
    {
        var session = await PlanAsync(null, "1/1", "2/1");
        Assert.Equal(0, (await session.SignAsync())?.Length);
        return session;
    }
}
