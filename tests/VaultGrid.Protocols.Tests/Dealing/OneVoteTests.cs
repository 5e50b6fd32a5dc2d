using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>Split views: whoever carries the messages shows different parties different things.</summary>
public sealed class OneVoteTests
{
    private readonly DeviceKeys _keys = new(4, 1);
    private readonly DealingCeremony _ceremony;
    private readonly IReadOnlyDictionary<PartyIndex, KeyShare> _old = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);

    public OneVoteTests() => _ceremony = DealingCeremony.Refresh(_old[new(1)].Key, Tagged.Hash("test", [1]), _keys.Roster);

    [Fact]
    public void A_party_votes_for_one_transcript_also_after_a_restart()
    {
        var (dealers, receivers) = (Dealers(), Receivers());
        var acks = Exchange(dealers, receivers);
        var (all, three) = (Transcript(dealers, acks, 4), Transcript(dealers, acks, 3));
        var receiver = receivers[new(1)];
        using var closed = receiver.Close(all, _keys.Of(new(1))).Value;
        Assert.Equal(RefusalCode.StateConflict, Refused(receiver.Close(three, _keys.Of(new(1)))));

        using var saved = receiver.Save();
        using var restored = DealingReceiver.Restore(_ceremony, saved, previous: _old[new(1)]).Value;
        Assert.Equal(RefusalCode.StateConflict, Refused(restored.Close(three, _keys.Of(new(1)))));
        using var again = restored.Close(all, _keys.Of(new(1))).Value;
        Assert.Equal(closed.Key, again.Key);
    }

    [Fact]
    public void Two_transcripts_can_not_both_be_certified()
    {
        // f = 1 votes for both, the three honest once each: whichever way they split, at most one reaches three votes.
        for (var split = 0; split < 8; split++)
        {
            var (dealers, receivers) = (Dealers(), Receivers());
            var acks = Exchange(dealers, receivers);
            DealingTranscript[] transcripts = [Transcript(dealers, acks, 4), Transcript(dealers, acks, 3)];
            var votes = new[] { new List<Vote>(), new List<Vote>() };
            for (var i = 0; i < 3; i++)
            {
                var party = new PartyIndex(i + 1);
                var shown = split >> i & 1;
                votes[shown].Add(receivers[party].Close(transcripts[shown], _keys.Of(party)).Value.Vote);
                Assert.NotNull(receivers[party].Close(transcripts[1 - shown], _keys.Of(party)).Fault);
            }
            foreach (var at in (int[])[0, 1])
                votes[at].Add(Vote.Sign(DealingCeremony.TranscriptKind, _ceremony.Binding, new(4), transcripts[at].Hash(_ceremony), _keys.Of(new(4))));
            var certified = (int[])[0, 1];
            Assert.True(certified.Count(at => TranscriptCertificate.Result(_ceremony, null, transcripts[at], QuorumCertificate.Of(transcripts[at].Hash(_ceremony), votes[at])).Fault is null) <= 1);
        }
    }

    [Fact]
    public void Two_dealings_of_one_dealer_convict_it_and_only_one_can_be_certified()
    {
        var (one, two) = (Dealers()[new(4)], Dealers()[new(4)]);
        var receivers = Receivers();
        var votes = new[] { new List<Vote>(), new List<Vote>() };
        foreach (var (index, receiver) in receivers)
        {
            var (first, second) = index.Value <= 2 ? (one, two) : (two, one);
            var answer = Assert.IsType<DealingAnswer.Acknowledged>(receiver.Receive(first.Dealing, first.ShareFor(index), _keys.Of(index)).Value);
            votes[first == one ? 0 : 1].Add(answer.Vote);
            var fault = Assert.IsType<ProtocolFault.Equivocated>(receiver.Receive(second.Dealing, second.ShareFor(index), _keys.Of(index)).Fault);
            Assert.Equal([new PartyIndex(4)], fault.Culprits);
            Assert.NotNull(DealingEvidence.OfTwo(_ceremony, fault.First, fault.Second));
        }
        Assert.Null(DealingEvidence.OfTwo(_ceremony, one.Dealing, one.Dealing));
        Assert.All(votes, v => Assert.True(v.Count < _keys.Roster.Parameters.CertificateQuorum));
    }

    [Fact]
    public void A_share_that_was_good_is_not_lost_to_a_bad_one_and_a_bad_one_may_be_sent_again()
    {
        var dealer = Dealers()[new(2)];
        using var receiver = Receivers()[new(1)];
        Assert.IsType<DealingAnswer.Complained>(receiver.Receive(dealer.Dealing, null, _keys.Of(new(1))).Value);
        Assert.Empty(receiver.Holding);
        Assert.IsType<DealingAnswer.Acknowledged>(receiver.Receive(dealer.Dealing, dealer.ShareFor(new(1)), _keys.Of(new(1))).Value);
        Assert.IsType<DealingAnswer.Acknowledged>(receiver.Receive(dealer.Dealing, dealer.ShareFor(new(3)), _keys.Of(new(1))).Value);
        Assert.Equal([new PartyIndex(2)], receiver.Holding);
    }

    [Fact]
    public void An_honest_dealer_opens_a_share_to_its_own_receiver_only_when_asked_by_it()
    {
        var dealers = Dealers();
        var dealer = dealers[new(2)];
        var digest = DealingBody.Digest(_ceremony, new(2), dealer.Dealing.Body.Span);
        Assert.NotNull(dealer.Open(Complaint.Make(_ceremony, new(1), new(3), digest, _keys.Of(new(1))), _keys.Of(new(2))).Fault); // about another dealer
        Assert.NotNull(dealer.Open(Complaint.Make(_ceremony, new(1), new(2), digest, _keys.Of(new(3))), _keys.Of(new(2))).Fault); // in another's name
        var opening = dealer.Open(Complaint.Make(_ceremony, new(1), new(2), digest, _keys.Of(new(1))), _keys.Of(new(2))).Value;
        Assert.Null(DealingEvidence.OfOpening(_ceremony, null, dealer.Dealing, opening));
        Assert.Null(DealingEvidence.OfDealing(_ceremony, null, dealer.Dealing));
    }

    [Fact]
    public void What_holds_secrets_prints_nothing()
    {
        var dealer = Dealers()[new(1)];
        using var receiver = Receivers()[new(1)];
        using var saved = dealer.Save();
        using var polynomial = SecretPolynomial.Random(PrimeGroup.Secp256k1, 1);
        foreach (var held in new object[] { dealer, receiver, saved, polynomial, _old[new(1)], CommittedDealer.Start(DealingCeremony.Generate(PrimeGroup.Secp256k1, default, _keys.Roster), new(1), _keys.Of(new(1))) })
            Assert.Equal($"{held.GetType().Name}(redacted)", held.ToString());
    }

    private Dictionary<PartyIndex, RevealedDealer> Dealers() => _keys.Indices.ToDictionary(i => i, i => RevealedDealer.Refresh(_ceremony, i, _keys.Of(i)));

    private Dictionary<PartyIndex, DealingReceiver> Receivers() => _keys.Indices.ToDictionary(i => i, i => new DealingReceiver(_ceremony, i, previous: _old[i]));

    private Dictionary<PartyIndex, List<Vote>> Exchange(Dictionary<PartyIndex, RevealedDealer> dealers, Dictionary<PartyIndex, DealingReceiver> receivers) =>
        dealers.ToDictionary(d => d.Key, d => receivers
            .Select(r => Assert.IsType<DealingAnswer.Acknowledged>(r.Value.Receive(d.Value.Dealing, d.Value.ShareFor(r.Key), _keys.Of(r.Key)).Value).Vote).ToList());

    private DealingTranscript Transcript(Dictionary<PartyIndex, RevealedDealer> dealers, Dictionary<PartyIndex, List<Vote>> acks, int count) =>
        DealingTranscript.Of(dealers.Take(count).Select(d => (d.Value.Dealing, QuorumCertificate.Of(DealingBody.Digest(_ceremony, d.Key, d.Value.Dealing.Body.Span), acks[d.Key]))));

    private static RefusalCode Refused<T>(StepResult<T> result)
        where T : notnull => Assert.IsType<ProtocolFault.Refused>(result.Fault).Refusal.Code;
}
