using System.Numerics;
using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

/// <summary>One participant cheats in one message; everybody else, and the coordinator, is honest.</summary>
public sealed class CheatingTests
{
    private static readonly BigInteger Order = new(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), true, true);

    public static TheoryData<string, string, int, bool> Misplaced => Cases("other session", "other subject", "swapped participants", "wrong round", "wrong receiver", "truncated", "extended", "empty");

    [Theory]
    [MemberData(nameof(Misplaced))]
    public void A_message_that_does_not_belong_names_its_sender(string how, string which, int threshold, bool prepared)
    {
        var (network, original) = Run(threshold, prepared, which, (net, m) => how switch
        {
            "other session" => Copy(m, header: With(net.Header, session: new Hash256(RandomNumberGenerator.GetBytes(32)))),
            "other subject" => Copy(m, header: With(net.Header, subject: new SessionSubject.Request(Hash256.Sha256([7])))),
            "swapped participants" => Copy(m, header: With(net.Header, participants: [.. net.Header.Participants.Select((p, i) => i == m.Sender ? p : p with { Node = 9 })])),
            "wrong round" => new RoundMessage(m.Header, (byte)(m.Round + 7), m.Sender, m.Receiver, m.Answers, m.Body),
            "wrong receiver" => new RoundMessage(m.Header, m.Round, m.Sender, m.Sender, m.Answers, m.Body),
            "truncated" => Copy(m, m.Body[..^1]),
            "extended" => Copy(m, [.. m.Body, 0]),
            "empty" => Copy(m, []),
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        });
        AssertBlamed(network, original, how is "truncated" or "extended" or "empty");
    }

    public static TheoryData<string, string, int, bool> BadCiphertexts
    {
        get
        {
            var data = new TheoryData<string, string, int, bool>();
            foreach (var how in (string[])["A zero", "B zero", "A is N", "B shares a factor", "A is N²", "B too large"])
                foreach (var threshold in (int[])[2, 3])
                    data.Add(how, how[0] == 'A' || threshold == 2 ? "first AB" : "last AB", threshold, false);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadCiphertexts))]
    public void A_number_that_is_no_ciphertext_names_its_sender(string how, string which, int threshold, bool prepared)
    {
        var (network, original) = Run(threshold, prepared, which, (_, m) =>
        {
            var (a, b) = (Unsigned(m.Body[..512]), Unsigned(m.Body[512..]));
            var n = Unsigned(DealtKeys.Paillier.Modulus);
            (a, b) = how switch
            {
                "A zero" => (BigInteger.Zero, b),
                "B zero" => (a, BigInteger.Zero),
                "A is N" => (n, b),
                "B shares a factor" => (a, FirstPrime() * 5),
                "A is N²" => (n * n, b),
                "B too large" => (a, BigInteger.Pow(2, 4096) - 1),
                _ => throw new ArgumentOutOfRangeException(nameof(how)),
            };
            return Copy(m, [.. Bytes(a, 512), .. Bytes(b, 512)]);
        });
        AssertBlamed(network, original, malformed: true);
    }

    public static TheoryData<string, string, int, bool> WellFormed
    {
        get
        {
            var data = new TheoryData<string, string, int, bool>();
            foreach (var threshold in (int[])[2, 3])
                foreach (var how in (string[])["A of another", "B of another", "both of others", "A of 0", "B of 0", "A of q", "A too large", "B too large"])
                {
                    data.Add(how, "first AB", threshold, false);
                    if (threshold == 3) data.Add(how, "last AB", threshold, true);
                }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void Ciphertexts_of_other_numbers_are_found_before_a_nonce_is_at_stake(string how, string which, int threshold, bool prepared)
    {
        var (network, _) = Run(threshold, prepared, which, (_, m) =>
        {
            var (a, b) = (m.Body[..512].ToArray(), m.Body[512..].ToArray());
            var other = Unsigned(RandomNumberGenerator.GetBytes(31));
            var huge = BigInteger.Pow(2, 900);
            (a, b) = how switch
            {
                "A of another" => (Encrypt(other), b),
                "B of another" => (a, Encrypt(other)),
                "both of others" => (Encrypt(other), Encrypt(other + 1)),
                "A of 0" => (Encrypt(0), b),
                "B of 0" => (a, Encrypt(0)),
                "A of q" => (Encrypt(Order), b),
                "A too large" => (Encrypt(huge), b),
                "B too large" => (a, Encrypt(huge)),
                _ => throw new ArgumentOutOfRangeException(nameof(how)),
            };
            return Copy(m, [.. a, .. b]);
        });
        AssertAccused(network);
        Assert.DoesNotContain(network.Log, m => m.Round > EcdsaRound.Ciphertexts);
    }

    public static TheoryData<string, string, int, bool> BadPoints
    {
        get
        {
            var data = new TheoryData<string, string, int, bool>();
            foreach (var threshold in (int[])[2, 3])
                foreach (var prepared in (bool[])[false, true])
                    foreach (var how in (string[])["infinity", "off the curve", "uncompressed tag"])
                        foreach (var which in (string[])["R of last", "R of first"])
                            data.Add(how, which, threshold, prepared);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadPoints))]
    public void Infinity_and_points_off_the_curve_name_their_sender(string how, string which, int threshold, bool prepared)
    {
        var (network, original) = Run(threshold, prepared, which, (_, m) => Copy(m, [.. m.Body[..^33], .. how switch
        {
            "infinity" => new byte[33],
            "off the curve" => OffTheCurve(),
            "uncompressed tag" => [4, .. m.Body[^32..]],
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        }]));
        AssertBlamed(network, original, malformed: true);
    }

    [Theory]
    [InlineData("R of last", 2, false)]
    [InlineData("R of last", 3, true)]
    [InlineData("R of first", 2, false)]
    [InlineData("R of first", 2, true)]
    [InlineData("R of first", 3, false)]
    [InlineData("R of first", 3, true)]
    public void A_wrong_point_stops_the_signature(string which, int threshold, bool prepared)
    {
        using var other = PrimeGroup.Secp256k1.RandomSecret();
        var (network, _) = Run(threshold, prepared, which, (_, m) => Copy(m, [.. m.Body[..^33], .. other.TimesGenerator().Bytes]));
        AssertAccused(network);
        Assert.Equal((byte)EcdsaCheck.NoncePoint, Assert.IsType<SessionFault.Inconsistent>(network.Fault).Check);
    }

    [Fact]
    public void A_plaintext_with_a_multiple_of_q_is_refused_by_its_range_when_two_sign()
    {
        foreach (var w in (BigInteger[])[1, 2, BigInteger.Pow(2, 200)])
        {
            var (network, _) = Run(2, false, "first AB", (_, m) => Copy(m, [.. m.Body[..512], .. Encrypt(Decrypt(m.Body[512..]) + (Order * w))]));
            AssertAccused(network);
            Assert.Equal((byte)EcdsaCheck.KeyRange, Assert.IsType<SessionFault.Inconsistent>(network.Fault).Check);
        }
    }

    [Fact]
    public void A_plaintext_with_a_multiple_of_q_gives_a_refusal_or_a_right_signature_when_more_sign()
    {
        var (signed, refused) = (0, 0);
        foreach (var w in (BigInteger[])[1, 1, 1, 1, 2, 3, BigInteger.Pow(2, 20), BigInteger.Pow(2, 260), BigInteger.Pow(2, 300)])
            foreach (var which in (string[])["first AB", "last AB"])
            {
                var key = DealtKeys.Of(4, 3);
                var approved = SigningNetwork.Approve();
                using var network = new SigningNetwork(key, [2, 4, 1], approved);
                network.Replace = m => Is(which, network, m) ? Copy(m, [.. m.Body[..512], .. Encrypt(Decrypt(m.Body[512..]) + (Order * w))]) : m;
                if (network.Sign() is { } signature)
                {
                    SigningTests.AssertValid(key, approved, signature);
                    signed++;
                    continue;
                }
                Assert.Equal((byte)EcdsaCheck.KeyRange, Assert.IsType<SessionFault.Inconsistent>(network.Fault).Check);
                refused++;
            }
        Assert.True(signed > 0 && refused > 0, $"{signed} signed, {refused} refused");
    }

    [Fact]
    public void Plaintexts_that_differ_by_the_first_prime_are_the_same()
    {
        var key = DealtKeys.Of(3, 2);
        var approved = SigningNetwork.Approve();
        using var network = new SigningNetwork(key, [1, 3], approved);
        network.Replace = m => Is("first AB", network, m) ? Copy(m, [.. m.Body[..512], .. Encrypt(Decrypt(m.Body[512..]) + FirstPrime())]) : m;
        SigningTests.AssertValid(key, approved, network.Sign()!);
    }

    private static TheoryData<string, string, int, bool> Cases(params string[] hows)
    {
        var data = new TheoryData<string, string, int, bool>();
        foreach (var how in hows)
        {
            foreach (var which in (string[])["first AB", "R of last", "R of first"]) data.Add(how, which, 2, false);
            foreach (var which in (string[])["last AB", "R of middle", "R of first", "go of middle"]) data.Add(how, which, 3, true);
        }
        return data;
    }

    private static (SigningNetwork Network, RoundMessage Original) Run(
        int threshold, bool prepared, string which, Func<SigningNetwork, RoundMessage, RoundMessage> cheat)
    {
        var key = threshold == 2 ? DealtKeys.Of(3, 2) : DealtKeys.Of(4, 3);
        uint[] clusters = threshold == 2 ? [1, 3] : [2, 4, 1];
        using var network = new SigningNetwork(key, clusters, SigningNetwork.Approve(), prepared);
        RoundMessage? original = null;
        network.Replace = m =>
        {
            if (!Is(which, network, m)) return m;
            original = m;
            return cheat(network, m);
        };
        Assert.Null(network.Sign());
        Assert.True(original is not null, $"there is no {which}");

        // The next session of the same clusters succeeds.
        var approved = SigningNetwork.Approve();
        using var next = new SigningNetwork(key, clusters, approved, prepared);
        SigningTests.AssertValid(key, approved, next.Sign()!);
        return (network, original);
    }

    private static bool Is(string which, SigningNetwork network, RoundMessage m) => which switch
    {
        "first AB" => m is { Round: EcdsaRound.Ciphertexts, Sender: 0 },
        "last AB" => m.Round == EcdsaRound.Ciphertexts && m.Sender == network.Last - 1,
        "R of last" => m.Round == EcdsaRound.NoncePoint && m.Sender == network.Last,
        "R of middle" => m is { Round: EcdsaRound.NoncePoint, Sender: 1 },
        "R of first" => m is { Round: EcdsaRound.NoncePoint or EcdsaRound.Go, Sender: 0 },
        "go of middle" => m is { Round: EcdsaRound.Go, Sender: 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };

    private static void AssertBlamed(SigningNetwork network, RoundMessage original, bool malformed)
    {
        var culprit = Assert.Single(network.Fault!.Culprits);
        Assert.Equal((original.From.Cluster, original.From.Node), (culprit.Cluster, culprit.Node));
        Assert.Empty(network.Fault.Alarm);
        Assert.Equal(malformed, network.Fault is SessionFault.Malformed);
    }

    private static void AssertAccused(SigningNetwork network)
    {
        var fault = Assert.IsType<SessionFault.Inconsistent>(network.Fault);
        Assert.Equal(network.Header.Participants[^1], fault.Accuser);
        Assert.Equal(network.Header.Participants.SkipLast(1), fault.Alarm);
        Assert.Equal(network.Header.Participants, fault.Culprits);
    }

    private static RoundMessage Copy(RoundMessage m, ReadOnlySpan<byte> body) => new(m.Header, m.Round, m.Sender, m.Receiver, m.Answers, body);

    private static RoundMessage Copy(RoundMessage m, SessionHeader header) => new(header, m.Round, m.Sender, m.Receiver, m.Answers, m.Body);

    private static SessionHeader With(
        SessionHeader h, Hash256? session = null, SessionSubject? subject = null, IReadOnlyList<Participant>? participants = null) =>
        new(h.Protocol, h.ProtocolVersion, session ?? h.Session, h.Key, h.ShareVersion, subject ?? h.Subject, participants ?? h.Participants);

    private static byte[] OffTheCurve()
    {
        while (true)
        {
            byte[] point = [2, .. RandomNumberGenerator.GetBytes(32)];
            if (PublicKey.Parse(point).Refusal is not null) return point;
        }
    }

    private static byte[] Encrypt(BigInteger plaintext)
    {
        using var secret = SecretBytes.Take(Bytes(plaintext, 256));
        return DealtKeys.Paillier.Encrypt(secret, DealtKeys.Paillier.DrawNoise(DealtKeys.Random)).Bytes.ToArray();
    }

    private static BigInteger Decrypt(ReadOnlySpan<byte> ciphertext)
    {
        using var secret = DealtKeys.Paillier.Decrypt(DealtKeys.Paillier.Read(ciphertext).Value);
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return Unsigned(bytes);
    }

    private static BigInteger FirstPrime()
    {
        using var primes = DealtKeys.Paillier.Export();
        var bytes = new byte[primes.Length];
        primes.CopyTo(bytes);
        return Unsigned(bytes.AsSpan(0, bytes.Length / 2));
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Math.Max(0, length - bytes.Length)], .. bytes];
    }
}
