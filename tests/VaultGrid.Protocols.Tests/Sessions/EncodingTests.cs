using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.Tests.Sessions;

public sealed class EncodingTests
{
    private static readonly SessionHeader Header = new(
        "threshold-ecdsa", 1, Hash256.Sha256([1]), Hash256.Sha256([2]), 3, new SessionSubject.Audit([1, 2, 3]),
        [new Participant(1, 2, Hash256.Sha256([3])), new Participant(3, 1, Hash256.Sha256([4]))]);

    [Fact]
    public void Messages_and_headers_come_back_as_they_were()
    {
        var message = new RoundMessage(Header, 2, 1, 0, Hash256.Sha256([5]), [6, 7, 8]);
        var back = RoundMessage.Parse(message.Bytes).Value;
        Assert.Equal(message.Bytes, back.Bytes);
        Assert.Equal(message.Hash, back.Hash);
        Assert.Equal(Header, back.Header);
        Assert.Equal(new Participant(3, 1, Hash256.Sha256([4])), back.From);
        Assert.Equal(Header.Subject, back.Header.Subject);
        SessionSubject[] subjects = [new SessionSubject.Presign(), new SessionSubject.Request(Hash256.Sha256([9])), new SessionSubject.Audit([])];
        foreach (var subject in subjects)
        {
            var header = new SessionHeader(Header.Protocol, 1, Header.Session, Header.Key, 1, subject, Header.Participants);
            Assert.Equal(subject, SessionHeader.Parse(header.Bytes).Value.Subject);
        }
    }

    [Fact]
    public void The_encoding_is_frozen()
    {
        // Change it and sessions between versions break: raise the version instead.
        var message = new RoundMessage(Header, 2, 1, 0, Hash256.Sha256([5]), [6, 7, 8]);
        Assert.Equal("0xc256cec59b3c917f44699c8d33d72d83d2ad8f157f682908307aeca737183a23", Hash256.Sha256(message.Bytes).ToString());
    }

    [Fact]
    public void A_value_has_one_encoding()
    {
        var bytes = new RoundMessage(Header, 2, 1, RoundMessage.Coordinator, Hash256.Sha256([5]), [6, 7, 8]).Bytes.ToArray();
        for (var i = 0; i < bytes.Length; i++)
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= (byte)(1 << bit);
                if (RoundMessage.Parse(changed).Is(out var other, out _)) Assert.Equal(changed, other.Bytes.ToArray());
            }
        for (var length = 0; length < bytes.Length; length++) Assert.NotNull(RoundMessage.Parse(bytes.AsSpan(0, length)).Refusal);
        Assert.NotNull(RoundMessage.Parse([.. bytes, 0]).Refusal);
        for (var round = 0; round < 2000; round++) Assert.NotNull(RoundMessage.Parse(RandomNumberGenerator.GetBytes(round % 300)).Refusal);
    }

    [Fact]
    public void Participants_are_distinct_and_numbered()
    {
        var one = new Participant(1, 1, default);
        IReadOnlyList<Participant>[] bad = [[], [one, one], [one, one with { SessionKey = Hash256.Sha256([1]) }], [new(0, 1, default)], [new(1, 0, default)]];
        Assert.All(bad, list => Assert.Throws<ArgumentException>(() =>
            new SessionHeader("x", 1, default, default, 1, new SessionSubject.Presign(), list)));
        Assert.Throws<ArgumentException>(() => new SessionHeader("Frost", 1, default, default, 1, new SessionSubject.Presign(), [one]));
    }
}
