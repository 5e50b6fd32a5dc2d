using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What the audit log says of sessions and alarms, which refusals it tells of, and whom a key's policy lets call.</summary>
public sealed class CallNotesTests
{
    private static readonly Hash256 Key = Hash256.Sha256([1]);
    private static readonly Hash256 Session = Hash256.Sha256([2]);

    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));

    [Fact]
    public void An_opened_session_is_told_with_its_key_its_request_and_who_approved()
    {
        var call = _grid.Approved(_grid.Sign(Key, _grid.KeyPolicy()));
        var plan = new SessionPlan("p", 1, Session, Key, 1, SessionPurpose.Request, Hash256.Sha256(call.Request.Span).ToArray(), []);
        var note = CallNotes.Opened(new OpenSessionCall(plan, call.Request, call.Approvals));
        Assert.Equal(("session.open", Key, Hash256.Sha256(call.Request.Span), $"request {Session}"), (note.Action, note.Key, note.Request, note.Subject));
        Assert.Equal(call.Approvals.Select(approval => Hash256.Sha256(approval.Certificate.Span)), note.Approvals);
        Assert.Equal(default, CallNotes.Opened(new OpenSessionCall(plan with { Purpose = SessionPurpose.Presign }, default, [])).Request);
    }

    [Fact]
    public void A_session_s_end_is_told_and_no_step_before()
    {
        var call = _grid.Approved(_grid.Sign(Key, _grid.KeyPolicy()));
        var step = new StepSessionCall(Session, 1, [], call.Request, call.Approvals);
        Assert.Null(CallNotes.Stepped(step, new SessionAnswer([], false, null)));
        var done = CallNotes.Stepped(step, new SessionAnswer([], true, null))!;
        Assert.Equal(("session.done", Session.ToString(), Hash256.Sha256(call.Request.Span), 2), (done.Action, done.Subject, done.Request, done.Approvals.Length));
        Assert.Equal("session.abort", CallNotes.Stepped(step, new SessionAnswer([], true, new SessionFailure(SessionFailureKind.Refused, 1, [], "so")))!.Action);
    }

    [Fact]
    public void An_alarm_names_at_most_sixteen_nodes()
    {
        var nodes = Enumerable.Range(1, 17).Select(number => NodeId.Parse($"{number}/1")).ToArray();
        var note = CallNotes.Alarm(Key, nodes);
        Assert.Equal(("session.alarm", Key, string.Join(' ', nodes[..16])), (note.Action, note.Key, note.Subject));
    }

    [Theory]
    [InlineData(RefusalCode.ApprovalQuorum, true)]
    [InlineData(RefusalCode.RequestCluster, true)]
    [InlineData(RefusalCode.EnclaveBusy, false)]
    [InlineData(RefusalCode.EnclaveFault, false)]
    public void Attempts_are_told_of_and_what_was_busy_or_broken_is_not(RefusalCode code, bool isNoted) => Assert.Equal(isNoted, CallNotes.IsNoted(new Refusal(code, "so")));

    [Fact]
    public async Task A_call_on_a_key_is_for_what_it_says()
    {
        using var store = new TestStore();
        var node = store.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var client = _grid.Leaf(_grid.RelayCa, CertificateIdentity.Client("desk").Value).Parsed;
        var first = _grid.KeyPolicy() with { Permissions = [KeyGrant.For(client, KeyOperations.Encrypt)] };
        var performed = await node.AskAsync(_grid.Approved(_grid.CreateKey(first), first.ToUtf8()));
        var key = ((CorePort)node.Port).State.Keys.All.Single();
        Assert.IsType<Performed.KeyCreated>(performed);
        var body = new CallBody
        {
            Action = KeyCallRules.Encrypt, Target = new CallTarget.Key(key.Hash), Cluster = new ClusterId(1), Parameters = Key, Expires = DateTimeOffset.UtcNow, Nonce = new byte[16], AnswerKey = new byte[65],
        };
        Assert.Null(KeyCalls.Permit(body, client, key, KeyCallRules.Encrypt).Refusal);
        Assert.Equal(RefusalCode.CallDenied, KeyCalls.Permit(body, client, key, KeyCallRules.Decrypt).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, KeyCalls.Permit(body with { Action = KeyCallRules.Decrypt }, client, key, KeyCallRules.Decrypt).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, KeyCalls.Permit(body with { Target = new CallTarget.Key(Key) }, client, key, KeyCallRules.Encrypt).Refusal?.Code);
    }
}
