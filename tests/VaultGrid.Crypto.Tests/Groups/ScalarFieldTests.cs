using System.Numerics;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Tests.Groups;

/// <summary>Our arithmetic modulo the order against .NET's integers, on random and on awkward numbers.</summary>
public sealed class ScalarFieldTests
{
    private static readonly (PrimeGroup Group, BigInteger Order, bool LittleEndian)[] Fields =
    [
        (PrimeGroup.Secp256k1, Number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), false),
        (PrimeGroup.Ed25519, Number("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"), true),
        (ToyGroup.Instance, ToyGroup.Order, false),
    ];

    public static TheoryData<int> Each => [0, 1, 2];

    [Theory, MemberData(nameof(Each))]
    public void Every_operation_is_that_of_the_integers(int index)
    {
        var (group, order, littleEndian) = Fields[index];
        var random = new SeededBytes();
        BigInteger[] awkward = [0, 1, 2, order - 1, order - 2, order / 2, (BigInteger.One << 64) % order, ((BigInteger.One << 192) - 1) % order];
        var numbers = awkward.Concat(Enumerable.Range(0, 40).Select(_ => new BigInteger(random.Next(40), isUnsigned: true) % order)).ToArray();
        foreach (var a in numbers)
        {
            var x = Scalar(a);
            Assert.True(Value(-x) == (order - a) % order, $"-{a}, {random}");
            Assert.True(Value(x.Invert()) == BigInteger.ModPow(a, order - 2, order), $"1/{a}, {random}");
            foreach (var b in numbers)
            {
                var y = Scalar(b);
                Assert.True(Value(x + y) == (a + b) % order, $"{a} + {b}, {random}");
                Assert.True(Value(x - y) == (a - b + order) % order, $"{a} - {b}, {random}");
                Assert.True(Value(x * y) == a * b % order, $"{a} * {b}, {random}");
            }
        }

        PublicScalar Scalar(BigInteger number)
        {
            var bytes = new byte[32];
            Assert.True(number.TryWriteBytes(bytes, out var written, isUnsigned: true));
            Assert.InRange(written, 0, 32);
            return group.DecodeScalar(littleEndian ? bytes : [.. bytes.Reverse()]).Value;
        }

        BigInteger Value(PublicScalar scalar) => new(scalar.Bytes, isUnsigned: true, isBigEndian: !littleEndian);
    }

    [Theory, MemberData(nameof(Each))]
    public void Wide_numbers_are_reduced(int index)
    {
        var (group, order, littleEndian) = Fields[index];
        var random = new SeededBytes();
        byte[][] wides = [[], [7], [.. Enumerable.Repeat((byte)255, 64)], [.. Enumerable.Repeat((byte)255, 32)], .. Enumerable.Range(0, 100).Select(i => random.Next(1 + (i % 64)))];
        foreach (var wide in wides)
        {
            var expected = new BigInteger(wide, isUnsigned: true, isBigEndian: !littleEndian) % order;
            Assert.Equal(expected, new BigInteger(group.Reduce(wide).Bytes, isUnsigned: true, isBigEndian: !littleEndian));
            using var secret = group.ReduceSecret([.. wide]);
            Assert.Equal(group.Reduce(wide), secret.Reveal());
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void A_number_at_or_above_the_order_is_no_scalar(int index)
    {
        var (group, order, littleEndian) = Fields[index];
        foreach (var number in new[] { order, order + 1, (BigInteger.One << 256) - 1 })
        {
            var bytes = number.ToByteArray(isUnsigned: true);
            Array.Resize(ref bytes, 32);
            if (!littleEndian) Array.Reverse(bytes);
            Assert.Equal(RefusalCode.InputMalformed, group.DecodeScalar(bytes).Refusal!.Code);
            Assert.Equal(RefusalCode.InputMalformed, group.DecodeSecret(SecretBytes.Take(bytes)).Refusal!.Code);
        }
        Assert.Equal(RefusalCode.InputMalformed, group.DecodeScalar(new byte[31]).Refusal!.Code);
        Assert.Equal(RefusalCode.InputMalformed, group.DecodeScalar(new byte[33]).Refusal!.Code);
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, System.Globalization.NumberStyles.HexNumber, null);
}
