using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.Tests.Rules;

/// <summary>Who takes part in a session, and what a failed try means: the pure part of coordination.</summary>
public sealed class SessionRuleTests
{
    private static readonly ISessionFlow Flow = SessionFlows.Of("threshold-ecdsa")!;

    [Fact]
    public void Of_equals_the_same_are_chosen_every_time_one_node_of_each_cluster()
    {
        var field = Field(3, SessionRecord.Empty, "1/1 1/2", "2/1", "3/1", "4/1", "5/1");
        Assert.Equal("1/1 2/1 3/1", Chosen(field));
        Assert.Equal("1/1 2/1 3/1", Chosen(field));
    }

    [Fact]
    public void A_node_that_is_out_is_replaced_in_its_cluster_first_and_then_by_another_cluster()
    {
        var record = SessionRecord.Empty.Without(Node("1/1"));
        Assert.Equal("1/2 2/1", Chosen(Field(2, record, "1/1 1/2", "2/1", "3/1")));
        Assert.Equal("2/1 3/1", Chosen(Field(2, record.Without(Node("1/2")), "1/1 1/2", "2/1", "3/1")));
        Assert.Equal(RefusalCode.GridUnavailable, Flow.Choose(Field(3, record.Without(Node("1/2")), "1/1 1/2", "2/1", "3/1")).Refusal!.Code);
        Assert.Equal("1/1 2/1", Chosen(Field(2, record.Forgiven(), "1/1 1/2", "2/1", "3/1")));
    }

    [Fact]
    public void Whoever_is_suspected_is_avoided_and_other_combinations_narrow_it_down()
    {
        // 2 is the one. Each accusation names both, since the accuser may be the one that lies.
        var record = SessionRecord.Empty;
        var seen = new List<string>();
        for (var tries = 0; tries < 4; tries++)
        {
            var crew = Flow.Choose(Field(2, record, "1/1", "2/1", "3/1")).Value;
            seen.Add(string.Join(' ', crew));
            if (!crew.Contains(Node("2/1"))) break;
            record = SessionJudgement.After(record, crew, [new SessionMishap(2, crew[^1], "session.aborted", "", crew)]);
        }

        Assert.Equal("1/1 3/1", seen[^1]);
        Assert.True(seen.Count <= 3);
    }

    [Theory]
    [InlineData("enclave.detached", true, false)]
    [InlineData("node.not-member", true, false)]
    [InlineData("key.unknown", true, false)]
    [InlineData("revocations.overdue", true, false)]
    [InlineData("enclave.busy", false, false)]
    [InlineData("session.unknown", false, false)]
    [InlineData("session.alarmed", false, true)]
    [InlineData("certificate.revoked", false, false)]
    [InlineData("code.of-a-newer-enclave", false, false)]
    public void What_a_refusal_means_for_who_refused(string code, bool isOut, bool isClosed)
    {
        ImmutableArray<NodeId> crew = [Node("1/1"), Node("2/1")];
        var record = SessionJudgement.After(SessionRecord.Empty, crew, [new SessionMishap(0, crew[0], code, "", [])]);
        Assert.Equal(isOut, record.IsOut(crew[0]));
        Assert.Equal(isClosed, record.IsClosed([crew[1], crew[0]]));
        Assert.Equal(!isOut && !isClosed, record.Suspicions(crew[0]) == 1);
        Assert.Equal(code.StartsWith("certificate", StringComparison.Ordinal), record.Suspicions(crew[1]) == 1);
    }

    [Fact]
    public void What_two_say_of_a_request_is_the_answer_and_what_one_says_may_be_a_lie()
    {
        var one = Said("1/1", "approval.quorum");
        Assert.Null(SessionJudgement.Agreed([one]));
        Assert.Null(SessionJudgement.Agreed([one, Said("2/1", "approval.invalid"), Said("3/1", "enclave.detached"), Said("3/2", "enclave.detached")]));
        Assert.Equal(RefusalCode.ApprovalQuorum, SessionJudgement.Agreed([one, Said("2/1", "approval.quorum")])!.Code);

        // Where nobody is left to ask, what one said is worth more than that nobody is left.
        var unavailable = new Refusal(RefusalCode.GridUnavailable, "nobody is left");
        Assert.Equal(RefusalCode.ApprovalQuorum, SessionJudgement.Telling([Said("2/1", "enclave.detached"), one], unavailable).Code);
        Assert.Equal(RefusalCode.GridUnavailable, SessionJudgement.Telling([Said("2/1", "enclave.detached")], unavailable).Code);
        Assert.Equal(RefusalCode.GridUnavailable, SessionJudgement.Telling([Said("2/1", "session.unknown"), Said("1/1", "enclave.detached")], unavailable).Code);
        Assert.Equal(RefusalCode.KeyUnknown, SessionJudgement.Telling([Said("3/1", "key.unknown"), Said("2/1", "session.unknown")], unavailable).Code);
        var aborted = new SessionMishap(2, Node("2/1"), "session.aborted", "what came does not fit", [Node("1/1"), Node("2/1")]);
        var told = SessionJudgement.Telling([aborted], unavailable);
        Assert.Equal(RefusalCode.SessionAborted, told.Code);
        Assert.Contains("1/1, 2/1", told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounds_are_a_chain_and_go_waits_for_all_others()
    {
        Assert.Equal(1, Flow.Takes(1, 5));
        Assert.Equal(1, Flow.Takes(2, 5));
        Assert.Equal(4, Flow.Takes(Flow.RequestRound!.Value, 5));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(place => Flow.BeginsRequest(place, 3)));
        Assert.Null(SessionFlows.Of("bip32"));
        Assert.Null(SessionFlows.Of("something-newer"));
    }

    [Fact]
    public void Prepared_sessions_are_handed_out_once_the_oldest_first_without_whom_is_avoided()
    {
        var stock = new PresignStock();
        var now = DateTimeOffset.UnixEpoch;
        var (first, second, other) = (Prepared("1/1 2/1"), Prepared("1/1 2/1"), Prepared("1/1 3/1"));
        stock.Add(first, now.AddMinutes(1));
        stock.Add(other, now.AddMinutes(2));
        stock.Add(second, now.AddMinutes(3));
        Assert.Equal(2, stock.CountOf(first.Participants));
        Assert.Same(other, stock.Take([Node("2/1")]));
        Assert.Null(stock.Take([Node("2/1")]));
        Assert.Equal([first], stock.RemoveExpired(now.AddMinutes(1)));
        Assert.Same(second, stock.Take([]));
        Assert.Null(stock.Take([]));
        stock.Add(first, now);
        stock.Add(other, now);
        Assert.Equal([other], stock.RemoveWith(Node("3/1")));
        Assert.Equal([first], stock.RemoveAll());
        Assert.Equal(0, stock.Count);
    }

    private static PreparedSession Prepared(string nodes) => new(default, [.. nodes.Split(' ').Select(Node)], []);

    private static SessionMishap Said(string node, string code) => new(0, Node(node), code, "", []);

    private static NodeId Node(string text) => NodeId.Parse(text);

    private static string Chosen(SessionField field) => string.Join(' ', Flow.Choose(field).Value);

    private static SessionField Field(int needed, SessionRecord record, params string[] benches) => new(
        needed, [.. benches.Select(bench => bench.Split(' ').Select(Node).ToImmutableArray()).Select(nodes => new SessionBench(nodes[0].Cluster, nodes))], record);
}
