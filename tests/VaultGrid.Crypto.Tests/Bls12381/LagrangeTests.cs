using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class LagrangeTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Shares_of_another_library_combine_to_the_signature_of_the_whole_key()
    {
        foreach (var vector in GeneratedVectors.Read("bls-shares"))
        {
            var shares = vector.GetProperty("shares").EnumerateArray()
                .Select(s => (BlsScalar.Parse(s.Bytes("index")).Value, BlsSignature.Parse(s.Bytes("signature")).Value)).ToArray();
            var combined = BlsSignature.Combine(shares).Value;
            Assert.Equal(vector.Bytes("signature"), combined.Compressed);
            Assert.True(BlsPublicKey.Parse(vector.Bytes("publicKey")).Value.Verify(vector.Bytes("message"), combined));

            // The same shares dealt here.
            var coefficients = vector.GetProperty("coefficients").EnumerateArray()
                .Select(c => BlsSecretScalar.Take(Convert.FromHexString(c.GetString()!.AsSpan(2))).Value).ToArray();
            foreach (var share in vector.GetProperty("shares").EnumerateArray())
            {
                using var value = BlsSecretScalar.Evaluate(coefficients, BlsScalar.Parse(share.Bytes("index")).Value);
                using var bytes = value.ToBytes();
                var plain = new byte[32];
                bytes.CopyTo(plain);
                Assert.Equal(share.Bytes("key"), plain);
            }

            foreach (var coefficient in coefficients) coefficient.Dispose();
            if (shares.Length > 2) Assert.NotEqual(combined, BlsSignature.Combine(shares[1..]).Value);
        }
    }

    [Fact]
    public void Public_shares_give_the_public_key_and_every_other_public_share()
    {
        var coefficients = Enumerable.Range(0, 3).Select(_ => BlsSecretScalar.From(_random.Next(Numbers.R).ToScalar())).ToArray();
        G1Point Share(ulong index)
        {
            using var value = BlsSecretScalar.Evaluate(coefficients, BlsScalar.From(index));
            return value.TimesG1Generator();
        }

        var shares = new ulong[] { 2, 5, 7 }.Select(i => (BlsScalar.From(i), Share(i))).ToArray();
        Assert.Equal(coefficients[0].TimesG1Generator(), BlsLagrange.InTheExponent(shares).Value);
        Assert.Equal(Share(9), BlsLagrange.InTheExponent(shares, BlsScalar.From(9)).Value);
        Assert.Equal(Share(5), BlsLagrange.InTheExponent(shares, BlsScalar.From(5)).Value);
        foreach (var coefficient in coefficients) coefficient.Dispose();
    }

    [Fact]
    public void Coefficients_add_up_to_one_wherever_they_interpolate()
    {
        for (var count = 1; count < 8; count++)
        {
            var points = Enumerable.Range(0, count).Select(i => (_random.Next(Numbers.R - 1) + 1).ToScalar()).Distinct().ToArray();
            var at = _random.Next(Numbers.R).ToScalar();
            Assert.Equal(BlsScalar.One, BlsLagrange.Coefficients(points, at).Value.Aggregate(BlsScalar.Zero, (a, b) => a + b));
        }
    }

    [Fact]
    public void Indexes_that_are_zero_or_repeat_are_refused()
    {
        Assert.Equal(RefusalCode.InputMalformed, BlsLagrange.Coefficients([]).Refusal!.Code);
        Assert.Contains("index 0", BlsLagrange.Coefficients([BlsScalar.One, BlsScalar.Zero]).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains("same index", BlsLagrange.Coefficients([BlsScalar.One, BlsScalar.From(2), BlsScalar.One]).Refusal!.Detail, StringComparison.Ordinal);
        Assert.NotNull(BlsSignature.Combine([(BlsScalar.Zero, new BlsSignature(G2Point.Generator))]).Refusal);
        Assert.NotNull(BlsLagrange.InTheExponent([(BlsScalar.One, G1Point.Generator), (BlsScalar.One, G1Point.Generator)]).Refusal);
    }
}
