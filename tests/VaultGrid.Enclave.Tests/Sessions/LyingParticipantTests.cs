using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave.Tests;

/// <summary>A participant whose D key an attacker has: it is named, what it sends is never answered with a secret, and alarms about it last.</summary>
public sealed class LyingParticipantTests() : AccountSessions(clusters: 3, threshold: 2)
{
    private const int CiphertextLength = 2 * 3072 / 8;

    private LyingDevice _liar = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _liar = new LyingDevice(Grid.Leaf(Grid.Clusters[0], Model.Certificates.CertificateIdentity.Device(NodeId.Parse("1/9"))));
    }

    [Fact]
    public async Task A_body_that_cant_be_read_names_its_sender_and_ends_the_session()
    {
        var session = await OpenAsync();
        var failure = (await Site["2/1"].AskAsync(Lie(session, [1, 2, 3]))).Failure!;
        Assert.Equal(SessionFailureKind.Malformed, failure.Kind);
        Assert.Equal([_liar.Node], failure.Culprits);
        Assert.True(Alarms().IsEmpty);
    }

    [Fact]
    public async Task A_message_of_another_round_names_its_sender()
    {
        var session = await OpenAsync();
        var failure = (await Site["2/1"].AskAsync(Lie(session, new byte[33], round: 2))).Failure!;
        Assert.Equal(SessionFailureKind.Misplaced, failure.Kind);
        Assert.Equal([_liar.Node], failure.Culprits);
    }

    [Fact]
    public async Task A_message_under_a_false_signature_names_nobody_and_harms_nothing()
    {
        var session = await OpenAsync();
        await Site["2/1"].RefusesAsync(RefusalCode.SessionMismatch, Lie(session, Random(), sign: false));
        Assert.Equal(SessionFailureKind.Inconsistent, (await Site["2/1"].AskAsync(Lie(session, Random()))).Failure?.Kind);
    }

    [Fact]
    public async Task A_second_message_for_an_answered_round_is_equivocation()
    {
        var session = await OpenAsync();
        await Site["2/1"].AskAsync(Lie(session, [1]));
        Assert.NotNull((await Site["2/1"].AskAsync(Lie(session, [2]))).Failure);
    }

    [Fact]
    public async Task Failed_checks_are_counted_once_each_and_last_over_restarts_without_a_new_store_version()
    {
        var before = (await Site["2/1"].StatusAsync()).StoreVersion;
        for (var turn = 1u; turn <= AlarmCounters.Limit; turn++)
        {
            var session = await OpenAsync();
            var lie = Lie(session, Random());
            var answer = await Site["2/1"].AskAsync(lie);
            Assert.Empty(answer.Packets);
            Assert.Equal(SessionFailureKind.Inconsistent, answer.Failure?.Kind);
            Assert.Equal(new[] { _liar.Node, NodeId.Parse("2/1") }, answer.Failure!.Culprits.OrderBy(node => node.Cluster.Number));

            // The coordinator may bring it as often as it likes: it is one alarm.
            Assert.Equal(SessionFailureKind.Inconsistent, (await Site["2/1"].AskAsync(lie)).Failure?.Kind);
            Assert.Equal(turn, Alarms().Of(Deal.Key, [_liar.Node]));
        }

        Site.Restart("2/1");
        Assert.Equal(before, (await Site["2/1"].StatusAsync()).StoreVersion);
        await Site["2/1"].RefusesAsync(RefusalCode.SessionAlarmed, (await PlanAsync()).Opening);

        // Others are not concerned, nor is the honest node of the liar's cluster.
        foreach (var other in new[] { "1/1", "3/1" })
            Assert.NotNull(await (await TestSession.PlanAsync(Site, Deal, [other, "2/1"], Request())).SignAsync());
    }

    [Fact]
    public async Task Alarms_are_cleared_by_an_approved_request_once_and_for_no_other_state()
    {
        var node = Site["2/1"];
        await AlarmAsync();
        var status = await node.StatusAsync();
        var alarm = Assert.Single(status.Alarms);
        Assert.Equal((Deal.Key, KnownAlarm.Limit), (alarm.Key, alarm.Count));
        Assert.Equal([_liar.Node], alarm.Nodes);

        var clear = Grid.ClearAlarms(node.Id, Deal.Key, status.AlarmsHash, _liar.Node);
        var approved = Grid.Approved(clear);
        await node.RefusesAsync(RefusalCode.ApprovalQuorum, approved with { Approvals = [approved.Approvals[0]] });
        await node.RefusesAsync(RefusalCode.StateConflict, Grid.Approved(clear with { Replaces = Deal.Key }));
        await node.RefusesAsync(RefusalCode.StateConflict, Grid.Approved(clear with { Nodes = [NodeId.Parse("3/1")] }));
        await node.RefusesAsync(RefusalCode.NodeForeign, Grid.Approved(clear with { Node = 2 }));
        await Site["3/1"].RefusesAsync(RefusalCode.RequestCluster, approved);
        await node.RefusesAsync(RefusalCode.SessionAlarmed, (await PlanAsync()).Opening);

        var cleared = Assert.IsType<Performed.AlarmsCleared>(await node.AskAsync(approved));
        Assert.Equal(cleared.Alarms, (await node.StatusAsync()).AlarmsHash);
        Assert.Equal(cleared, await node.AskAsync(approved));
        Site.Restart("2/1");
        node = Site["2/1"];
        Assert.Equal(cleared, await node.AskAsync(approved));
        Assert.Empty((await node.StatusAsync()).Alarms);

        // The same alarms again: the request of then clears nothing any more, and another one that names the state of then does not fit.
        await AlarmAsync();
        Assert.IsType<Performed.AlarmsCleared>(await node.AskAsync(approved));
        await node.RefusesAsync(RefusalCode.SessionAlarmed, (await PlanAsync()).Opening);
        await node.RefusesAsync(RefusalCode.StateConflict, Grid.Approved(Grid.ClearAlarms(node.Id, Deal.Key, status.AlarmsHash, _liar.Node)));
    }

    private async Task AlarmAsync()
    {
        for (var turn = 0; turn < AlarmCounters.Limit; turn++)
            Assert.Equal(SessionFailureKind.Inconsistent, (await Site["2/1"].AskAsync(Lie(await OpenAsync(), Random()))).Failure?.Kind);
    }

    private sealed record LyingSession(OpenSessionCall Opening, SessionHeader Header, SessionKeyStatement Receiver);

    private async Task<LyingSession> OpenAsync()
    {
        var session = await PlanAsync();
        Assert.Empty((await Site["2/1"].AskAsync(session.Opening)).Packets);
        return session;
    }

    private async Task<LyingSession> PlanAsync()
    {
        var call = Request();
        var mine = _liar.Session(Site.Time.GetUtcNow());
        var theirs = await Site["2/1"].AskAsync(new SessionKeyCall());
        var receiver = SessionKeyStatement.Parse(theirs.Statement.Span, theirs.Signature).Value;
        var hash = Hash256.Sha256(call.Request.Span);
        var plan = new SessionPlan(
            ThresholdEcdsaProtocol.Name, ThresholdEcdsaProtocol.Version, new Hash256(RandomNumberGenerator.GetBytes(32)), Deal.Key, 1,
            SessionPurpose.Request, hash.ToArray(), [new SignedStatement(mine.ToBytes(), _liar.Certificate, mine.Signature), theirs]);
        var header = new SessionHeader(
            plan.Protocol, plan.ProtocolVersion, plan.Session, plan.Key, 1, new SessionSubject.Request(hash),
            [new Participant(1, 9, mine.Hash()), new Participant(2, 1, receiver.Hash())]);
        return new LyingSession(new OpenSessionCall(plan, call.Request, call.Approvals), header, receiver);
    }

    // The wire format, written down a second time.
    private StepSessionCall Lie(LyingSession session, byte[] body, byte round = EcdsaRound.Ciphertexts, bool sign = true)
    {
        var message = new RoundMessage(session.Header, round, 0, 1, session.Header.Hash, body);
        var signature = _liar.SignBytes(Tagged.Statement("session-message", sign ? message.Bytes : [1]));
        var data = Tagged.Statement("session-packet", [.. session.Header.Bytes, round, 0, 1]);
        var receiver = P256PublicKey.Parse(session.Receiver.PublicKey.Span).Value;
        var sealedBytes = SealedBox.Seal(receiver, data, data, new WireWriter().Bytes(message.Bytes).Bytes(signature).Written);
        return new StepSessionCall(session.Header.Session, round, [new SessionPacket(session.Header.Session, round, 0, 1, sealedBytes)], default, []);
    }

    private static byte[] Random()
    {
        // Two residues below N², and coprime to N but for one in 2^1535.
        var body = RandomNumberGenerator.GetBytes(2 * CiphertextLength);
        (body[0], body[CiphertextLength]) = (0, 0);
        return body;
    }

    private AlarmCounters Alarms()
    {
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(Site.Store("2/1").KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(File.ReadAllBytes(Site.Store("2/1").StoreFile), adapter).Value;
        sealing.Dispose();
        foreach (var key in state.Keys.All) key.Close();
        return state.Alarms;
    }
}
