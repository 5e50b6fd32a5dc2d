using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;
using VaultGrid.Grains.SharedKeys;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Tests.SharedKeys;

/// <summary>Signatures that the coordinator puts together of what signers say: whatever doesn't fit gives none, and an enclave is asked then.</summary>
public sealed class SignatureSumTests
{
    private static readonly byte[] Text = "of several"u8.ToArray();

    [Fact]
    public void Parts_of_any_f_plus_1_holders_make_the_keys_signature()
    {
        var (version, part) = Shares();
        foreach (var (one, other) in ((byte, byte)[])[(1, 2), (2, 1), (3, 4), (1, 4)])
        {
            var sum = SignatureSum.Of(Wish, version, Awaited(version), [Packet(1, 0, part(one)), Packet(1, 1, part(other))])!;
            Assert.Equal(version.PublicKey.ToArray(), sum.PublicKey.ToArray());
            Assert.True(MessageSignatures.Verify(SigningAlgorithm.Bls, sum.PublicKey.Span, Text, sum.Signature.Span));
        }
    }

    [Fact]
    public void Too_few_parts_one_twice_or_one_that_is_none_make_no_signature()
    {
        var (version, part) = Shares();
        var good = Packet(1, 0, part(1));
        byte[][] bad = [part(1), [0, .. part(2)[1..]], [3, .. part(2)[1..]], [2, .. part(3)[1..]], part(2)[..^1], [2, .. new byte[96]], []];
        Assert.All(bad, body => Assert.Null(SignatureSum.Of(Wish, version, Awaited(version), [good, Packet(1, 1, body)])));
        Assert.Null(SignatureSum.Of(Wish, version, Awaited(version), [good]));
        Assert.Null(SignatureSum.Of(Wish, version, Awaited(version), [good, Packet(1, 1, part(2)), Packet(1, 2, part(3))]));
        Assert.Null(SignatureSum.Of(Wish, version, Awaited(version), [good, Packet(1, 1, part(2)) with { Body = new byte[7] }]));
    }

    [Theory]
    [InlineData(SigningAlgorithm.Schnorr, 33), InlineData(SigningAlgorithm.Taproot, 32), InlineData(SigningAlgorithm.Ed25519, 32)]
    public void Shares_that_name_the_same_R_and_key_are_summed_up_and_others_are_not(SigningAlgorithm algorithm, int length)
    {
        var group = algorithm == SigningAlgorithm.Ed25519 ? PrimeGroup.Ed25519 : PrimeGroup.Secp256k1;
        var (r, key) = (RandomNumberGenerator.GetBytes(length), RandomNumberGenerator.GetBytes(32));
        var (one, other) = (group.Reduce(RandomNumberGenerator.GetBytes(64)), group.Reduce(RandomNumberGenerator.GetBytes(64)));
        byte[] Body(byte holder, ReadOnlySpan<byte> z, byte[] commitment, byte[] account) =>
            new WireWriter().U8(holder).Fixed(z).Bytes(commitment).Bytes(account).ToArray();

        var (version, _) = Shares();
        var first = Packet(2, 0, Body(1, one.Bytes, r, key));
        var sum = SignatureSum.Schnorr(Message(algorithm), version, [Packet(1, 0, [1]), Packet(1, 1, [2]), first, Packet(2, 1, Body(2, other.Bytes, r, key))])!;
        Assert.Equal([.. r, .. (one + other).Bytes], sum.Signature.ToArray());
        Assert.Equal(key, sum.PublicKey.ToArray());

        byte[] above = [.. Enumerable.Repeat((byte)0xff, 32)];
        byte[][] bad = [Body(2, other.Bytes, [.. r[..^1], (byte)(r[^1] ^ 1)], key), Body(2, other.Bytes, r, [.. key, 0]), Body(2, above, r, key), [.. Body(2, other.Bytes, r, key), 0], []];
        Assert.All(bad, body => Assert.Null(SignatureSum.Schnorr(Message(algorithm), version, [first, Packet(2, 1, body)])));
        Assert.Null(SignatureSum.Schnorr(Message(algorithm), version, [first]));
    }

    private static AwaitedSignature Awaited(KeyVersion version) => new(SigningAlgorithm.Bls, version.PublicKey, Text);

    private static SigningWish Wish => new(default, default, Message(SigningAlgorithm.Bls), DerivationPath.Master, []);

    private static SigningSubject.Message Message(SigningAlgorithm algorithm) => new(algorithm, Text, algorithm == SigningAlgorithm.Taproot ? TaprootTweak.None : null);

    // 2-of-4: f(x) = a + b·x, the holders' parts f(i)·H(message).
    private static (KeyVersion Version, Func<byte, byte[]> Part) Shares()
    {
        List<BlsSecretScalar> coefficients = [.. Enumerable.Range(0, 2).Select(_ => BlsSecretScalar.Reduce(SecretBytes.Random(48)))];
        var point = new BlsMessagePoint(Text).Point;
        var version = new KeyVersion(default, 1, null, default, [], 1, default, coefficients[0].TimesG1Generator().Compressed.ToArray());
        return (version, holder =>
        {
            using var share = BlsSecretScalar.Evaluate(coefficients, BlsScalar.From(holder));
            return [holder, .. point.Multiply(share).Compressed];
        });
    }

    // message ‖ signature, each behind its length; message = header ‖ round ‖ sender ‖ receiver ‖ hash ‖ body.
    private static SessionPacket Packet(byte round, byte sender, byte[] body)
    {
        var message = new WireWriter().Bytes("header"u8).U8(round).U8(sender).U8(SessionPacket.Coordinator).Hash(default).Bytes(body).ToArray();
        return new SessionPacket(default, round, sender, SessionPacket.Coordinator, new WireWriter().Bytes(message).Bytes("signature"u8).ToArray());
    }
}
