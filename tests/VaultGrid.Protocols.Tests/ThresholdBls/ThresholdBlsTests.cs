using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Tests.Dealing;
using VaultGrid.Protocols.ThresholdBls;

namespace VaultGrid.Protocols.Tests.ThresholdBls;

public sealed class ThresholdBlsTests
{
    [Theory]
    [InlineData(4, 1)]
    [InlineData(7, 2)]
    [InlineData(3, 1)]
    public void Any_quorum_gives_the_one_signature_of_the_key(int n, int f)
    {
        using var polynomial = SecretPolynomial.Random(PrimeGroup.Bls12381G1, f);
        var shares = Ceremonies.Shares(polynomial, n, f);
        var message = new BlsMessagePoint("message"u8);
        using var constant = polynomial.Constant.ToSecret();
        using var whole = BlsSecretKey.Take(constant.Span).Value;
        foreach (var signers in new[] { shares.Values.Take(f + 1), shares.Values.TakeLast(f + 1), shares.Values })
        {
            var combiner = new BlsCombiner(shares.Values.First().Key, message);
            foreach (var share in signers) Assert.True(combiner.Add(PartialBlsSignature.Parse(BlsSigner.Sign(share, message).ToBytes()).Value));
            var signature = combiner.Combine().Value;
            Assert.Equal(whole.Sign("message"u8), signature);
            Assert.True(BlsCombiner.PublicKey(shares.Values.First().Key).Verify("message"u8, signature));
        }
    }

    [Fact]
    public void Bad_parts_are_named_and_others_take_their_place()
    {
        var (shares, others) = (Ceremonies.Shares(PrimeGroup.Bls12381G1, 7, 2), Ceremonies.Shares(PrimeGroup.Bls12381G1, 7, 2));
        var message = new BlsMessagePoint("message"u8);
        var combiner = new BlsCombiner(shares.Values.First().Key, message);
        Assert.Equal(7, combiner.Combine().Fault!.Culprits.Count);
        combiner.Add(BlsSigner.Sign(others[new(1)], message)); // another version
        combiner.Add(BlsSigner.Sign(shares[new(3)], new BlsMessagePoint("another"u8))); // another message
        combiner.Add(BlsSigner.Sign(shares[new(2)], message));
        var missing = Assert.IsType<ProtocolFault.Missing>(combiner.Combine().Fault);
        Assert.Equal([new(4), new(5), new(6), new(7)], missing.Parties);
        Assert.Equal([new(1), new(3)], combiner.Faults.SelectMany(fault => fault.Culprits).Order());

        Assert.False(combiner.Add(BlsSigner.Sign(shares[new(1)], message)), "whoever lied is not heard again");
        Assert.False(combiner.Add(BlsSigner.Sign(shares[new(2)], message)));
        Assert.True(combiner.Add(BlsSigner.Sign(shares[new(5)], message)));
        Assert.True(combiner.Add(BlsSigner.Sign(shares[new(7)], message)));
        Assert.True(BlsCombiner.PublicKey(shares.Values.First().Key).Verify("message"u8, combiner.Combine().Value));
    }

    [Fact]
    public void Two_errors_that_cancel_are_found_both()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Bls12381G1, 4, 1);
        var message = new BlsMessagePoint("message"u8);
        var (one, two) = (BlsSigner.Sign(shares[new(1)], message), BlsSigner.Sign(shares[new(2)], message));

        // λ_1 = 2, λ_2 = −1: adding D and 2D leaves the combination as it is.
        var error = G2Point.Generator;
        var combiner = new BlsCombiner(shares.Values.First().Key, message);
        combiner.Add(one with { Signature = new(one.Signature.Point.Add(error)) });
        combiner.Add(two with { Signature = new(two.Signature.Point.Add(error.Add(error))) });
        Assert.NotNull(combiner.Combine().Fault);
        Assert.Equal([new(1), new(2)], combiner.Faults.SelectMany(fault => fault.Culprits).Order());
    }

    [Fact]
    public void Many_messages_are_one_signature()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Bls12381G1, 4, 1);
        var key = BlsCombiner.PublicKey(shares.Values.First().Key);
        var messages = Enumerable.Range(0, 5).Select(i => new BlsMessagePoint([(byte)i])).ToArray();
        var signatures = messages.Select(message =>
        {
            var combiner = new BlsCombiner(shares.Values.First().Key, message);
            foreach (var share in shares.Values.Take(2)) combiner.Add(BlsSigner.Sign(share, message));
            return combiner.Combine().Value;
        }).ToArray();
        var aggregate = BlsAggregate.Aggregate(signatures);
        Assert.True(BlsAggregate.Verify([.. messages.Select(message => (key, message))], aggregate));
        Assert.False(BlsAggregate.Verify([.. messages.Skip(1).Select(message => (key, message))], aggregate));
    }

    [Fact]
    public void What_is_not_in_the_group_is_no_part()
    {
        Assert.Equal(RefusalCode.InputMalformed, PartialBlsSignature.Parse(new byte[97]).Refusal!.Code);
        var part = BlsSigner.Sign(Ceremonies.Shares(PrimeGroup.Bls12381G1, 4, 1)[new(1)], new BlsMessagePoint([1])).ToBytes();
        for (var cut = 0; cut < part.Length; cut++) Assert.NotNull(PartialBlsSignature.Parse(part.AsSpan(0, cut)).Refusal);
        part[0] = 0;
        Assert.NotNull(PartialBlsSignature.Parse(part).Refusal);
    }
}
