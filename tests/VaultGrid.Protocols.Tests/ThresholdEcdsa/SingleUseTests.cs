using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

public sealed class SingleUseTests
{
    private static readonly IReadOnlyList<ThresholdShare> Key = DealtKeys.Of(3, 2);

    [Fact]
    public void The_same_message_again_gets_the_same_bytes()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve());
        Assert.NotNull(network.Sign());
        foreach (var message in network.Log.Where(m => m.Receiver != RoundMessage.Coordinator))
        {
            var (first, second) = (network.Receive(message.Receiver, message), network.Receive(message.Receiver, message));
            Assert.Null(first.Fault);
            Assert.NotEmpty(first.Send);
            Assert.Equal(first.Send.Select(m => m.Hash), second.Send.Select(m => m.Hash));
        }
    }

    [Fact]
    public void Another_R_for_a_round_that_was_answered_is_refused()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve());
        var answer = Assert.Single(network.Receive(1, network.Runs[0].Opening[0]).Send);
        Assert.Null(network.Receive(0, answer).Fault);

        var other = network.Message(EcdsaRound.NoncePoint, 1, 0, answer.Answers, Key[0].Statement.PublicKey.Compressed);
        var (send, fault) = network.Receive(0, other);
        Assert.Empty(send);
        Assert.Equal([network.Header.Participants[1]], Assert.IsType<SessionFault.Equivocated>(fault).Culprits);
    }

    [Fact]
    public void A_refused_R_still_burns_the_nonce()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve());
        var answer = Assert.Single(network.Receive(1, network.Runs[0].Opening[0]).Send);
        Assert.NotNull(network.Receive(0, network.Message(EcdsaRound.NoncePoint, 1, 0, answer.Answers, new byte[33])).Fault);
        Assert.True(network.Runs[0].HasEnded);

        // The right one comes too late.
        var (send, fault) = network.Receive(0, answer);
        Assert.Empty(send);
        Assert.NotNull(fault);
    }

    [Fact]
    public void Other_ciphertexts_after_an_answer_end_the_session_of_the_last()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve());
        using var again = new SigningNetwork(Key, [1, 3], network.Approved, header: network.Header);
        Assert.Null(network.Receive(1, network.Runs[0].Opening[0]).Fault);
        Assert.IsType<SessionFault.Equivocated>(network.Receive(1, again.Runs[0].Opening[0]).Fault);
        Assert.True(network.Runs[1].HasEnded);
        Assert.NotNull(network.Runs[1].Fault);
    }

    [Fact]
    public void A_presignature_serves_one_request()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve(), prepared: true);
        network.Prepare();
        Assert.NotNull(network.Go());
        Assert.NotNull(network.Go()); // the same request: the same bytes
        Assert.Null(network.Go(SigningNetwork.Approve()));
        Assert.Empty(network.Fault!.Culprits);
    }

    [Fact]
    public void A_go_for_another_request_burns_the_presignature_and_names_nobody()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve(), prepared: true);
        network.Prepare();
        var go = network.Runs[0].Receive(new SessionInput(EcdsaRound.Go, [], network.Approved, DealtKeys.Random)).Send;
        Assert.Null(network.Finish(go, SigningNetwork.Approve()));
        Assert.Empty(Assert.IsType<SessionFault.Refused>(network.Fault).Culprits);
        Assert.True(network.Runs[1].HasEnded);
        Assert.Null(network.Finish(go));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("twice the same")]
    [InlineData("one is missing")]
    [InlineData("one of another session")]
    public void A_presignature_needs_a_go_of_everybody(string how)
    {
        var key = DealtKeys.Of(4, 3);
        using var network = new SigningNetwork(key, [1, 2, 3], SigningNetwork.Approve(), prepared: true);
        using var other = new SigningNetwork(key, [1, 2, 3], network.Approved, prepared: true);
        network.Prepare();
        other.Prepare();
        var (first, second) = (Go(network, 0), Go(network, 1));
        Assert.Null(network.Finish(how switch
        {
            "none" => [],
            "twice the same" => [first, first],
            "one is missing" => [first],
            "one of another session" => [first, Go(other, 1)],
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        }));
        Assert.True(network.Runs[2].HasEnded);
        Assert.Null(network.Finish([first, second]));
    }

    [Fact]
    public void R_stays_inside_until_a_request_is_fixed()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve(), prepared: true);
        network.Prepare();
        Assert.DoesNotContain(network.Log, m => m.Sender == 0 && m.Round == EcdsaRound.NoncePoint);
        Assert.Equal(65, Go(network, 0).Body.Length);
    }

    [Fact]
    public void A_session_that_is_given_up_keeps_no_secret_and_answers_nothing()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve());
        var answer = Assert.Single(network.Receive(1, network.Runs[0].Opening[0]).Send);
        foreach (var run in network.Runs) run.Dispose();
        Assert.All(network.Runs, run => Assert.True(run.HasEnded));
        Assert.NotNull(network.Receive(0, answer).Fault);
    }

    [Fact]
    public void A_party_can_not_be_written_down_or_copied()
    {
        using var network = new SigningNetwork(Key, [1, 3], SigningNetwork.Approve(), prepared: true);
        network.Prepare();
        foreach (var party in typeof(SessionRun).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(ISessionParty)) && t.IsClass))
        {
            Assert.False(party.IsPublic, party.Name);
            Assert.DoesNotContain(typeof(ICloneable), party.GetInterfaces());
            Assert.Empty(party.GetProperties());
            Assert.DoesNotContain(party.GetCustomAttributes(false), a => a.GetType().Name is "SerializableAttribute" or "GenerateSerializerAttribute");
        }
        Assert.EndsWith("(redacted)", network.Runs[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused_before_a_session_opens()
    {
        using var pool = new PaillierNoisePool(DealtKeys.Paillier, 0);
        var approved = SigningNetwork.Approve();
        var subject = new SessionSubject.Request(approved.Approval);
        var header = SigningNetwork.NewHeader([1, 3], subject);
        Refusal?[] refusals =
        [
            Open(header, 1, approved), // another cluster's place
            Open(header, 2, approved),
            Open(header, -1, approved),
            Open(header, 0, null),
            Open(header, 0, SigningNetwork.Approve()),
            Open(SigningNetwork.NewHeader([1, 3], new SessionSubject.Presign()), 0, approved),
            Open(SigningNetwork.NewHeader([1, 2, 3], subject), 0, approved),
            Open(SigningNetwork.NewHeader([1, 4], subject), 0, approved),
            Open(new SessionHeader("frost", 1, header.Session, header.Key, 1, subject, header.Participants), 0, approved),
            Open(new SessionHeader(header.Protocol, 2, header.Session, header.Key, 1, subject, header.Participants), 0, approved),
            Open(header, 0, new ApprovedMessage(approved.Approval, new byte[31], DerivationPath.Master)),
            Open(header, 0, new ApprovedMessage(approved.Approval, new byte[32], DerivationPath.Parse("m/0'").Value)),
        ];
        Assert.All(refusals, Assert.NotNull);
        Assert.Null(Open(header, 0, approved));

        Refusal? Open(SessionHeader session, int place, ApprovedMessage? message) =>
            ThresholdEcdsaProtocol.Open(Key[0], session, place, message, pool, DealtKeys.Random).Refusal;
    }

    private static RoundMessage Go(SigningNetwork network, int place) =>
        Assert.Single(network.Runs[place].Receive(new SessionInput(EcdsaRound.Go, [], network.Approved, DealtKeys.Random)).Send);
}
