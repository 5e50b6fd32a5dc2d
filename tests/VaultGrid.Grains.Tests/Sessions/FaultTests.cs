using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>Enclaves that die, stall or refuse in the middle of a session: another combination signs, and the journal says who it was.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task An_enclave_killed_in_any_round_costs_a_try_and_the_others_sign()
    {
        await using var tripped = await TrippedSite.StartAsync();
        var n = 0;

        // Whom it hits, and at which of the calls that he is to answer: opening, A and B, R back to the first, R to the last.
        foreach (var (victim, kind, round) in new[]
        {
            ("1/1", EnclaveCallKind.OpenSession, 0), ("2/1", EnclaveCallKind.OpenSession, 0), ("2/1", EnclaveCallKind.StepSession, 1),
            ("1/1", EnclaveCallKind.StepSession, 2), ("2/1", EnclaveCallKind.StepSession, 2),
        })
        {
            var dead = false;
            tripped.Gateways.Before = async (node, called, body) =>
            {
                if (!dead && node.ToString() == victim && called == kind && RoundOf(called, body) == round)
                {
                    dead = true;
                    await tripped.Site.Enclave(victim).KillAsync();
                }

                return null;
            };
            var signed = await tripped.SignAsync(++n);
            Assert.True(dead, $"{victim} {kind} {round}");
            SignatureChecks.Verify(signed, Hash256.Sha256(BitConverter.GetBytes(n)));
            Assert.DoesNotContain(NodeId.Parse(victim), signed.Participants!);

            var journal = await tripped.JournalAsync(signed);
            Assert.Equal(2, journal.Tries.Count);
            var mishap = Assert.Single(journal.Tries[0].Mishaps);
            Assert.Equal((victim, round, "enclave.detached"), (mishap.Node.ToString(), mishap.Round, mishap.Code));
            Assert.NotEqual(journal.Tries[0].Id, journal.Tries[1].Id);

            tripped.Gateways.Before = null;
            await tripped.Site.Enclave(victim).StartAsync();
            await tripped.Site.Grid.SynchroniseAsync(NodeId.Parse(victim).Cluster, VaultSite.Cancellation);
        }
    }

    [Fact]
    public async Task An_enclave_that_has_started_again_in_the_middle_knows_no_session_and_the_next_try_signs()
    {
        await using var tripped = await TrippedSite.StartAsync();
        var restarted = false;
        tripped.Gateways.Before = async (node, called, _) =>
        {
            if (!restarted && called == EnclaveCallKind.StepSession && node.ToString() == "2/1")
            {
                restarted = true;
                await tripped.Site.Enclave("2/1").KillAsync();
                await tripped.Site.Enclave("2/1").StartAsync();
            }

            return null;
        };
        var signed = await tripped.SignAsync(1);
        var journal = await tripped.JournalAsync(signed);
        Assert.Equal(2, journal.Tries.Count);
        Assert.Contains(Assert.Single(journal.Tries[0].Mishaps).Code, new[] { "session.unknown", "enclave.detached" });
        SignatureChecks.Verify(signed, Hash256.Sha256(BitConverter.GetBytes(1)));
    }

    [Fact]
    public async Task A_node_that_stalls_is_passed_over_after_the_step_timeout()
    {
        await using var tripped = await TrippedSite.StartAsync(0, ("VaultGrid:Grains:Sessions:StepTimeout", "00:00:02"));
        await tripped.SignAsync(0);
        tripped.Site.Enclave("2/1").Pause();
        var signed = await tripped.SignAsync(1);
        Assert.DoesNotContain(NodeId.Parse("2/1"), signed.Participants!);
        var mishap = (await tripped.JournalAsync(signed)).Tries[0].Mishaps[0];
        Assert.Equal(("2/1", "enclave.detached"), (mishap.Node.ToString(), mishap.Code));
    }

    [Fact]
    public async Task A_combination_that_an_alarm_blocks_is_left_and_remembered()
    {
        await using var tripped = await TrippedSite.StartAsync();
        tripped.Gateways.Before = (node, called, body) => Task.FromResult(
            called == EnclaveCallKind.OpenSession && node.ToString() == "2/1" && Plan(body).Participants.Any(said => NodeOf(said) == "1/1")
                ? new Refusal(RefusalCode.SessionAlarmed, "what 1/1 sent failed checks too often")
                : null);
        var first = await tripped.SignAsync(1);
        Assert.Equal("1/1 3/1", string.Join(' ', first.Participants!));
        Assert.Equal(2, (await tripped.JournalAsync(first)).Tries.Count);

        // The next session does not even try.
        Assert.Single((await tripped.JournalAsync(await tripped.SignAsync(2))).Tries);
    }

    [Fact]
    public async Task An_accusation_is_reported_with_whom_it_names_and_others_sign()
    {
        await using var tripped = await TrippedSite.StartAsync();
        NodeId[] accused = [NodeId.Parse("1/1"), NodeId.Parse("2/1")];
        tripped.Gateways.After = (node, called, answer) => called == EnclaveCallKind.StepSession && node == accused[1]
            ? Written(new SessionAnswer([], true, new SessionFailure(SessionFailureKind.Inconsistent, 3, accused, "what came does not fit the key")))
            : answer;
        var signed = await tripped.SignAsync(1);
        Assert.DoesNotContain(accused[1], signed.Participants!);
        var failed = (await tripped.JournalAsync(signed)).Tries[0];
        var mishap = Assert.Single(failed.Mishaps);
        Assert.Equal(("2/1", "session.aborted", 1), (mishap.Node.ToString(), mishap.Code, mishap.Round));
        Assert.Equal(accused, mishap.Culprits);

        // Where everybody accuses, the refusal says so, and the request can be tried again.
        tripped.Gateways.After = (node, called, answer) => called == EnclaveCallKind.StepSession
            ? Written(new SessionAnswer([], true, new SessionFailure(SessionFailureKind.Inconsistent, 3, [node], "what came does not fit the key")))
            : answer;
        var request = tripped.Site.SignTogether(tripped.Key, 2);
        Assert.Equal(RefusalCode.SessionAborted, (await tripped.Site.ExecuteAsync(request)).Code());
        tripped.Gateways.After = null;
        (await tripped.Site.ExecuteAsync(request)).EnsureDone();
    }

    [Fact]
    public async Task A_signature_that_does_not_verify_is_not_passed_on()
    {
        await using var tripped = await TrippedSite.StartAsync();
        var lied = false;
        tripped.Gateways.After = (node, called, answer) =>
        {
            if (lied || called != EnclaveCallKind.StepSession || !answer.Is(out var body, out _)) return answer;
            var reader = new WireReader(body.Span);
            var told = SessionAnswer.Read(ref reader);
            if (told.Packets is not [{ Receiver: SessionPacket.Coordinator } result]) return answer;
            lied = true;
            var spoiled = result.Body.ToArray();
            spoiled[^100] ^= 1;
            return Written(told with { Packets = [result with { Body = spoiled }] });
        };
        var signed = await tripped.SignAsync(1);
        Assert.True(lied);
        SignatureChecks.Verify(signed, Hash256.Sha256(BitConverter.GetBytes(1)));
        Assert.Equal(2, (await tripped.JournalAsync(signed)).Tries.Count);
    }

    [Fact]
    public async Task A_packet_that_is_spoiled_on_the_way_ends_the_try_and_the_next_one_signs()
    {
        await using var tripped = await TrippedSite.StartAsync();
        var spoiled = false;
        tripped.Gateways.Before = (node, called, body) =>
        {
            if (!spoiled && called == EnclaveCallKind.StepSession && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var bytes))
            {
                spoiled = true;
                bytes.Array![bytes.Offset + (bytes.Count / 2)] ^= 1;
            }

            return Task.FromResult<Refusal?>(null);
        };
        var signed = await tripped.SignAsync(1);
        Assert.True(spoiled);
        var journal = await tripped.JournalAsync(signed);
        Assert.Equal(2, journal.Tries.Count);
        Assert.Equal("session.mismatch", Assert.Single(journal.Tries[0].Mishaps).Code);
    }

    private static Outcome<ReadOnlyMemory<byte>> Written(SessionAnswer answer)
    {
        var writer = new WireWriter();
        SessionAnswer.Write(writer, answer);
        return (ReadOnlyMemory<byte>)writer.ToArray();
    }

    private static int RoundOf(EnclaveCallKind kind, ReadOnlyMemory<byte> body)
    {
        if (kind != EnclaveCallKind.StepSession) return 0;
        var reader = new WireReader(body.Span);
        return StepSessionCall.Read(ref reader).Round;
    }

    private static SessionPlan Plan(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        return OpenSessionCall.Read(ref reader).Plan;
    }

    private static string NodeOf(SignedStatement said) => SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Value.Node.ToString();
}
