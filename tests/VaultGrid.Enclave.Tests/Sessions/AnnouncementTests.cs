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

    [Fact]
    public async Task The_log_tells_of_a_request_once_however_it_was_announced_and_of_another_that_is_brought()
    {
        var (first, second) = (Request(), Request());
        var session = await PreparedAsync();
        await Site["2/1"].AskAsync(Announced(session, first));
        Assert.Equal([(AuditActions.SessionRequest, Hash256.Sha256(first.Request.Span))], await ToldAsync("2/1", session));
        await Site["2/1"].AskAsync(Announced(session, first));
        await Site["2/1"].AskAsync(Announced(session, second));
        Assert.Single(await ToldAsync("2/1", session));

        Assert.Equal(65, (await session.GoAsync(first))?.Length);
        foreach (var node in new[] { "1/1", "2/1" })
        {
            Assert.Equal(
                [(AuditActions.SessionRequest, Hash256.Sha256(first.Request.Span)), (AuditActions.SessionDone, Hash256.Sha256(first.Request.Span))], await ToldAsync(node, session));
        }

        var other = await PreparedAsync();
        await Site["2/1"].AskAsync(Announced(other, first));
        Assert.Equal(65, (await other.GoAsync(second))?.Length);
        Hash256[] asked = [Hash256.Sha256(first.Request.Span), Hash256.Sha256(second.Request.Span), Hash256.Sha256(second.Request.Span)];
        Assert.Equal(asked, (await ToldAsync("2/1", other)).Select(entry => entry.Request));
    }

    [Fact]
    public async Task A_request_that_does_not_count_is_not_told_of()
    {
        var call = Request();
        var session = await PreparedAsync();
        var few = call with { Approvals = [call.Approvals[0]] };
        await Site["2/1"].RefusesAsync(RefusalCode.ApprovalQuorum, Announced(session, few));
        await Site["2/1"].RefusesAsync(RefusalCode.ApprovalQuorum, new StepSessionCall(session.Plan.Session, 4, [], few.Request, few.Approvals));
        Assert.Empty(await ToldAsync("2/1", session));
    }

    // A refusal's entry is waited for, and those before it come to disk with it.
    private async Task<List<(string Action, Hash256 Request)>> ToldAsync(string node, TestSession session)
    {
        var refused = Request();
        Assert.NotNull((await Site[node].TryAsync(new PerformCall(refused.Request, [], default))).Refusal);
        return [.. (await AuditFiles.ReadAsync(Site[node]))
            .Where(entry => entry.Subject == session.Plan.Session.ToString()).Select(entry => (entry.Action, entry.Request))];
    }

    private static AnnounceRequestCall Announced(TestSession session, PerformCall call) => new(session.Plan.Session, call.Request, call.Approvals);

    private async Task<TestSession> PreparedAsync()
    {
        var session = await PlanAsync(null, "1/1", "2/1");
        Assert.Equal(0, (await session.SignAsync())?.Length);
        return session;
    }
}
