using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave.Tests;

/// <summary>A coordinator that does everything but carry what it was given: typed refusals, and never a second use of a nonce.</summary>
public sealed class HostileCoordinatorTests() : AccountSessions(clusters: 3, threshold: 2)
{
    [Fact]
    public async Task A_packet_of_another_session_opens_nowhere_and_harms_nothing()
    {
        var (one, two) = (await Plan(Request()), await Plan(Request()));
        await one.OpenAsync();
        await two.OpenAsync();
        var stray = one.Waiting.Single();
        await Refuses("2/1", RefusalCode.SessionMismatch, Step(two, stray with { Session = two.Plan.Session }));
        await Refuses("2/1", RefusalCode.SessionMismatch, Step(two, stray));
        Assert.NotNull(await two.RunAsync());
        Assert.NotNull(await one.RunAsync());
    }

    [Fact]
    public async Task A_changed_packet_opens_nowhere_and_harms_nothing()
    {
        var session = await Plan(Request());
        await session.OpenAsync();
        var packet = session.Waiting.Single();
        foreach (var harmed in new[]
        {
            packet with { Round = 2 }, packet with { Sender = 1, Receiver = 0 }, packet with { Sender = 7 }, packet with { Receiver = SessionPacket.Coordinator },
            packet with { Body = packet.Body[..^1] }, packet with { Body = default }, packet with { Body = Flip(packet.Body) },
        })
            await Refuses("2/1", RefusalCode.SessionMismatch, Step(session, harmed));
        await Refuses("2/1", RefusalCode.SessionMismatch, Step(session, packet) with { Packets = [packet, packet] });
        await Refuses("2/1", RefusalCode.SessionMismatch, Step(session, packet) with { Packets = [] });
        Assert.NotNull(await session.RunAsync());
    }

    [Fact]
    public async Task A_packet_back_to_its_sender_or_to_a_third_enclave_is_refused()
    {
        var session = await Plan(Request());
        await session.OpenAsync();
        var packet = session.Waiting.Single();
        await Refuses("1/1", RefusalCode.SessionMismatch, Step(session, packet));
        await Refuses("3/1", RefusalCode.SessionUnknown, Step(session, packet));
        Assert.NotNull(await session.RunAsync());
    }

    [Fact]
    public async Task Messages_before_the_opening_are_unknown_and_afterwards_taken()
    {
        var session = await Plan(Request());
        var opened = await Site["1/1"].AskAsync(session.Opening);
        await Refuses("2/1", RefusalCode.SessionUnknown, Step(session, opened.Packets.Single()));
        Assert.NotNull(await session.SignAsync());
    }

    [Fact]
    public async Task Two_plans_of_one_id_are_two_sessions_of_which_one_is_refused()
    {
        var (call, other) = (Request(), Request());
        var session = await Plan(call);
        var twin = await PlanAsync(other, "1/1", "3/1");
        await session.OpenAsync();
        await Refuses("1/1", RefusalCode.SessionConflict, twin.Opening with { Plan = twin.Plan with { Session = session.Plan.Session } });
        await Refuses("1/1", RefusalCode.SessionConflict, session.Opening with { Plan = session.Plan with { Subject = twin.Plan.Subject }, Request = other.Request, Approvals = other.Approvals });
        Assert.NotNull(await session.RunAsync());
    }

    [Fact]
    public async Task A_session_that_was_closed_or_expired_opens_no_more()
    {
        var (closed, expired) = (await Plan(Request()), await Plan(Request()));
        foreach (var session in new[] { closed, expired }) await session.OpenAsync();
        var packets = new[] { closed.Waiting.Single(), expired.Waiting.Single() };
        await Site["2/1"].AskAsync(new CloseSessionCall(closed.Plan.Session));
        await Site["2/1"].AskAsync(new CloseSessionCall(closed.Plan.Session));
        await Refuses("2/1", RefusalCode.SessionUnknown, Step(closed, packets[0]));
        await Refuses("2/1", RefusalCode.SessionConflict, closed.Opening);

        Site.Time.Advance(SessionTable.Life + TimeSpan.FromSeconds(1));
        await Refuses("2/1", RefusalCode.SessionUnknown, Step(expired, packets[1]));
        await Refuses("2/1", RefusalCode.SessionConflict, expired.Opening);
        Assert.NotNull(await (await Plan(Request())).SignAsync());
    }

    [Fact]
    public async Task A_restarted_enclave_knows_no_earlier_session()
    {
        var (first, last, prepared) = (await Plan(Request()), await Plan(Request()), await Plan(null));
        await first.OpenAsync();
        await last.OpenAsync();
        await prepared.SignAsync();
        Site.Restart("1/1");

        // c_1 is gone: its nonce with it. The other waits in vain; a new session under a new id signs.
        Assert.Equal(RefusalCode.SessionUnknown, (await RunAsync(first))?.Code);
        await Refuses("1/1", RefusalCode.SessionUnknown, first.Opening);
        await Refuses("1/1", RefusalCode.SessionUnknown, new StepSessionCall(prepared.Plan.Session, EcdsaRound.Go, [], Request().Request, Request().Approvals));
        Site.Restart("2/1");
        await Refuses("2/1", RefusalCode.SessionUnknown, Step(last, last.Waiting.Single()));
        await Refuses("2/1", RefusalCode.SessionUnknown, last.Opening);
        Assert.NotNull(await (await Plan(Request())).SignAsync());
    }

    [Fact]
    public async Task Openings_at_the_same_moment_never_pass_the_limit_together()
    {
        // As the last participant of prepared sessions: nothing is computed at the opening, so many are quick.
        var theirs = await Site["1/1"].AskAsync(new SessionKeyCall());
        var mine = await Site["2/1"].AskAsync(new SessionKeyCall());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, SessionTable.Capacity + 50).Select(_ => Task.Run(() => Site["2/1"].TryAsync(new OpenSessionCall(
            new SessionPlan(
                ThresholdEcdsaProtocol.Name, ThresholdEcdsaProtocol.Version, new Hash256(RandomNumberGenerator.GetBytes(32)), Deal.Key, 1, SessionPurpose.Presign, default,
                [theirs, mine]),
            default, [])))));
        Assert.Equal(SessionTable.Capacity, outcomes.Count(outcome => outcome.Refusal is null));
        Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal(RefusalCode.EnclaveBusy, outcome.Refusal!.Code));

        // What has lived too long makes room.
        Site.Time.Advance(SessionTable.PreparedLife + TimeSpan.FromSeconds(1));
        var session = await Plan(null);
        Assert.Equal(0, (await session.SignAsync())?.Length);
    }

    [Fact]
    public async Task A_presignature_serves_one_request()
    {
        var (call, other) = (Request(), Request());
        var session = await Plan(null);
        await session.SignAsync();
        Assert.NotNull(await session.GoAsync(call));
        var signed = session.Steps[^1];

        // The same step again: the same bytes. Another request: over, at each participant.
        Assert.Equal(signed.Answer.Packets.Single().Body.ToArray(), (await Site["2/1"].AskAsync(signed.Call)).Packets.Single().Body.ToArray());
        foreach (var (node, place) in new[] { ("1/1", 0), ("2/1", 1) })
        {
            var packets = place == 1 ? signed.Call.Packets : [];
            var answer = await Site[node].AskAsync(new StepSessionCall(session.Plan.Session, EcdsaRound.Go, packets, other.Request, other.Approvals));
            Assert.Empty(answer.Packets);
            Assert.NotNull(answer.Failure);
        }
    }

    [Fact]
    public async Task Participants_that_were_asked_for_different_requests_sign_neither()
    {
        var session = await Plan(null);
        await session.SignAsync();
        Assert.Null(await session.GoAsync(Request(), toOthers: Request()));
        Assert.Equal(SessionFailureKind.Refused, session.Failure?.Kind);
        Assert.Empty(session.Failure!.Culprits);
    }

    [Fact]
    public async Task Go_without_the_quorum_is_refused_and_burns_nothing()
    {
        var session = await Plan(null);
        await session.SignAsync();
        var call = Request();
        await Refuses("1/1", RefusalCode.ApprovalQuorum, new StepSessionCall(session.Plan.Session, EcdsaRound.Go, [], call.Request, [call.Approvals[0]]));
        Assert.NotNull(await session.GoAsync(call));
    }

    [Fact]
    public async Task A_session_for_a_request_takes_no_other_later()
    {
        var session = await Plan(Request());
        await session.OpenAsync();
        var other = Request();
        await Refuses("2/1", RefusalCode.SessionMismatch, new StepSessionCall(session.Plan.Session, EcdsaRound.Go, [], other.Request, other.Approvals));
        Assert.NotNull(await session.RunAsync());
    }

    [Fact]
    public async Task Participants_are_who_they_are_said_to_be()
    {
        var call = Request();
        var session = await Plan(call);
        var (one, two) = (session.Plan.Participants[0], session.Plan.Participants[1]);
        var three = await Site["3/1"].AskAsync(new SessionKeyCall());
        foreach (var (code, participants) in new (RefusalCode, SignedStatement[])[]
        {
            (RefusalCode.SessionMismatch, [two, three]),                                      // this enclave is not in it
            (RefusalCode.SessionMismatch, [one]),
            (RefusalCode.SessionMismatch, [one, one]),
            (RefusalCode.SessionMismatch, [one, two with { Statement = three.Statement, Signature = three.Signature }]),
            (RefusalCode.SessionMismatch, [one, two with { Certificate = three.Certificate }]),
            (RefusalCode.SessionMismatch, [one, two with { Signature = three.Signature }]),
            (RefusalCode.InputMalformed, [one, two with { Statement = two.Statement[..^1] }]),
            (RefusalCode.CertificateRole, [one, two with { Certificate = Grid.Admins[0].Der }]),
        })
            await Refuses("1/1", code, session.Opening with { Plan = session.Plan with { Participants = participants } });

        await Refuses("1/1", RefusalCode.InputUnsupported, session.Opening with { Plan = session.Plan with { Protocol = "frostier" } });
        await Refuses("1/1", RefusalCode.SessionMismatch, session.Opening with { Plan = session.Plan with { Protocol = "Über" } });
        await Refuses("1/1", RefusalCode.KeyUnknown, session.Opening with { Plan = session.Plan with { Key = Hash256.Sha256([1]) } });
        await Refuses("1/1", RefusalCode.SessionMismatch, session.Opening with { Plan = session.Plan with { ShareVersion = 2 } });
        Assert.NotNull(await session.SignAsync());
    }

    [Fact]
    public async Task An_old_session_key_opens_nothing_and_a_live_session_keeps_its_own()
    {
        var prepared = await Plan(null);
        await prepared.SignAsync();
        var stale = await Plan(Request());
        Site.Time.Advance(SessionTable.PreparedLife - TimeSpan.FromSeconds(1));
        var call = Request();
        Assert.NotNull(await prepared.GoAsync(call));
        Site.Time.Advance(SessionKeys.Skew + TimeSpan.FromSeconds(2));
        await Refuses("1/1", RefusalCode.SessionMismatch, stale.Opening);
    }

    [Fact]
    public async Task A_retired_enclave_keeps_no_session()
    {
        var session = await Plan(Request());
        await session.OpenAsync();
        var status = await Site["1/1"].StatusAsync();
        await Site["1/1"].AskAsync(Grid.Approved(Grid.Retire(1, status.DeviceKey)));
        Assert.Equal(RefusalCode.PhaseRefused, (await RunAsync(session))?.Code);
    }

    private Task<TestSession> Plan(PerformCall? call) => PlanAsync(call, "1/1", "2/1");

    private Task Refuses<TAnswer>(string node, RefusalCode code, EnclaveCall<TAnswer> call)
        where TAnswer : notnull => Site[node].RefusesAsync(code, call);

    private static StepSessionCall Step(TestSession session, SessionPacket packet) => new(session.Plan.Session, packet.Round, [packet], default, []);

    // Carries on by hand where an enclave is expected to refuse.
    private async Task<Refusal?> RunAsync(TestSession session)
    {
        var packet = session.Waiting.Single();
        var answer = await Site["2/1"].AskAsync(Step(session, packet));
        return (await Site["1/1"].TryAsync(Step(session, answer.Packets.Single()))).Refusal;
    }

    private static byte[] Flip(ReadOnlyMemory<byte> body)
    {
        var changed = body.ToArray();
        changed[changed.Length / 2] ^= 1;
        return changed;
    }
}
