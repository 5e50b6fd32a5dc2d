using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests.Trusts;

/// <summary>A Trust counts with all its signatures or not at all; each test breaks one thing.</summary>
public sealed class TrustVerifierTests
{
    private static readonly TrustGrid Grid = TrustGrid.Shared;

    [Fact]
    public void A_first_Trust_and_its_successor_count()
    {
        var first = Grid.First();
        Assert.Null(Grid.Verifier.Check(first, null).Refusal);
        Assert.Null(Grid.Verifier.Check(Grid.Second(first), first).Refusal);
        Assert.Null(Grid.Verifier.CheckBeforeSeal(Grid.Second(first), first, Grid.Hsms[0].Parsed, TrustGrid.Now.AddHours(1), []).Refusal);
    }

    [Fact]
    public void A_quorum_short_by_one_is_refused() =>
        Refused(RefusalCode.TrustQuorum, Grid.Sealed(Grid.SignedBy(Draft(), 0, 1)), null);

    [Fact]
    public void The_predecessors_quorum_is_needed_too()
    {
        // Two of the old operators and two newcomers: enough for the new Trust, one short for the old.
        var first = Grid.First();
        var (six, seven) = (Grid.Operator(6), Grid.Operator(7));
        var body = TrustBody.Create(first.Body, TrustGrid.Id, [Grid.Hsm(0), Grid.Hsm(1)], [Grid.Operators[0].Parsed, Grid.Operators[1].Parsed, six.Parsed, seven.Parsed], 3).Value;
        var trust = Grid.SignedBy(Trust.Of(body), 0, 1);
        trust = trust.With(TrustGrid.Signed(six, body.Hash)).Value.With(TrustGrid.Signed(seven, body.Hash)).Value;
        Refused(RefusalCode.TrustQuorum, Grid.Sealed(trust), first);
        Assert.Null(Grid.Verifier.Check(Grid.Sealed(Grid.SignedBy(trust, 2)), first).Refusal);
    }

    [Fact]
    public void The_predecessors_operators_alone_are_not_enough()
    {
        var first = Grid.First();
        var (six, seven) = (Grid.Operator(6), Grid.Operator(7));
        var body = TrustBody.Create(first.Body, TrustGrid.Id, [Grid.Hsm(0)], [Grid.Operators[0].Parsed, six.Parsed, seven.Parsed], 2).Value;
        Refused(RefusalCode.TrustQuorum, Grid.Sealed(Grid.SignedBy(Trust.Of(body), 0, 1, 2)), first);
    }

    [Fact]
    public void An_operator_who_signs_twice_counts_once()
    {
        var trust = Grid.SignedBy(Draft(), 0, 1, 1, 0);
        Assert.Equal(2, trust.Signatures.Length);
        Refused(RefusalCode.TrustQuorum, Grid.Sealed(trust), null);
    }

    [Fact]
    public void Two_signatures_of_one_operator_are_no_Trust()
    {
        // Written by hand: the second ECDSA signature has other bytes and must not count.
        var one = Grid.SignedBy(Draft(), 0, 1);
        var writer = new Wire.WireWriter().U8(1).Bytes(one.Body.Bytes.Span).U32(3);
        foreach (var signature in one.Signatures.Add(TrustGrid.Signed(Grid.Operators[1], one.Hash)))
            writer.Bytes(signature.Certificate.Der.Span).Bytes(signature.Bytes.Span);
        Assert.Equal(RefusalCode.TrustDuplicate, Trust.Parse(writer.U32(0).U32(0).Written, new CertificateCache()).Refusal?.Code);
    }

    [Fact]
    public void One_key_under_two_names_is_refused_in_a_body_and_among_signatures()
    {
        var twin = Grid.Operator(9);
        twin.Key = Grid.Operators[0].Key;
        Assert.Equal(RefusalCode.TrustDuplicate, TrustBody.Create(
            null, TrustGrid.Id, [Grid.Hsm(0)], [Grid.Operators[0].Parsed, twin.Parsed, Grid.Operators[1].Parsed], 2).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustDuplicate, Grid.SignedBy(Draft(), 0, 1).With(TrustGrid.Signed(twin, Draft().Hash)).Refusal?.Code);
    }

    [Fact]
    public void A_second_certificate_for_an_operators_key_is_the_same_operator()
    {
        var renewed = ForgedGrid.Under(Grid.Grid.OperatorCa, Grid.Operators[2].Identity);
        renewed.Key = Grid.Operators[2].Key;
        var trust = Grid.SignedBy(Draft(), 0, 1, 2).With(TrustGrid.Signed(renewed, Draft().Hash)).Value;
        Assert.Equal(3, trust.Signatures.Length);
        Assert.Null(Grid.Verifier.Check(Grid.Sealed(trust), null).Refusal);
    }

    [Fact]
    public void A_signature_for_another_Trust_refuses_all()
    {
        var other = Grid.Body(null, [0, 1], [0, 1, 2, 3, 4], 3);
        var trust = Grid.SignedBy(Draft(), 0, 1, 2).With(TrustGrid.Signed(Grid.Operators[3], other.Hash)).Value;
        Refused(RefusalCode.TrustSignature, Grid.Sealed(trust), null);
    }

    [Fact]
    public void A_strangers_signature_refuses_all() =>
        Refused(RefusalCode.TrustStranger, Grid.Sealed(Grid.SignedBy(Draft(), 0, 1, 2).With(TrustGrid.Signed(Grid.Operator(9), Draft().Hash)).Value), null);

    [Fact]
    public void An_operators_name_with_another_key_is_a_stranger() =>
        Refused(RefusalCode.TrustStranger, Grid.Sealed(Grid.SignedBy(Draft(), 0, 1).With(TrustGrid.Signed(Grid.Operator(3), Draft().Hash)).Value), null);

    [Fact]
    public void An_operator_who_was_revoked_before_the_seal_does_not_count()
    {
        var list = Grid.Grid.OperatorCa.List(2, TrustGrid.Now.AddHours(2), (Grid.Operators[0].Serial, TrustGrid.Now.AddMinutes(30)));
        var authorities = Grid.Grid.Trusted.TryAdd(ForgedGrid.Lists(list), TrustGrid.Now.AddHours(2)).Value;
        var verifier = Grid.VerifierOf(authorities);
        var signed = Grid.SignedBy(Draft(), 0, 1, 2);
        Assert.Null(verifier.Check(Grid.Sealed(signed, time: TrustGrid.Now), null).Refusal);
        Assert.Equal(RefusalCode.CertificateRevoked, verifier.Check(Grid.Sealed(signed, time: TrustGrid.Now.AddHours(1)), null).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateRevoked, verifier.CheckBeforeSeal(signed, null, Grid.Hsms[0].Parsed, TrustGrid.Now.AddHours(3), []).Refusal?.Code);
    }

    [Fact]
    public void A_false_HSM_key_is_refused_whatever_operators_sign()
    {
        using var false1 = WrapKey.Generate(WrapKeyKind.P256);
        var genuine = Grid.Hsm(1);
        var body = TrustBody.Create(null, TrustGrid.Id, [Grid.Hsm(0), genuine with { WrapKey = false1.Public }], Grid.Operators.Select(o => o.Parsed), 3).Value;
        Refused(RefusalCode.TrustSignature, Grid.Sealed(Grid.SignedBy(Trust.Of(body), 0, 1, 2, 3, 4)), null);
    }

    [Fact]
    public void A_wrap_key_of_another_chain_is_refused()
    {
        var elsewhere = TrustId.FromRandom(new byte[16]);
        var body = TrustBody.Create(null, TrustGrid.Id, [Grid.Hsm(0), Grid.Hsm(1, elsewhere)], Grid.Operators.Select(o => o.Parsed), 3).Value;
        Refused(RefusalCode.TrustSignature, Grid.Sealed(Grid.SignedBy(Trust.Of(body), 0, 1, 2)), null);
    }

    [Fact]
    public void A_forged_predecessor_hash_is_refused()
    {
        var first = Grid.First();
        var other = Grid.Sealed(Grid.SignedBy(Trust.Of(Grid.Body(null, [0, 1], [0, 1, 2, 3, 4], 3)), 0, 1, 2));
        Refused(RefusalCode.TrustChain, Grid.Second(other), first);
        Refused(RefusalCode.TrustChain, Grid.Second(first), null);
        Refused(RefusalCode.TrustChain, first, first);
    }

    [Fact]
    public void An_HSM_seals_only_what_names_it_now_and_before()
    {
        var first = Grid.First();
        Refused(RefusalCode.TrustStranger, Grid.Sealed(first, hsm: 3), null);
        var second = Grid.Second(first);
        Refused(RefusalCode.TrustStranger, Grid.Sealed(second, 3, TrustGrid.Now.AddHours(1)), first);
        Refused(RefusalCode.TrustStranger, Grid.Sealed(second, 2, TrustGrid.Now.AddHours(1)), first);
        Assert.Equal(RefusalCode.TrustStranger, Grid.Verifier.CheckBeforeSeal(second, first, Grid.Hsms[2].Parsed, TrustGrid.Now.AddHours(1), []).Refusal?.Code);
    }

    [Fact]
    public void A_seal_for_another_Trust_another_time_or_missing_is_refused()
    {
        var (first, unsealed) = (Grid.First(), Grid.SignedBy(Draft(), 0, 1, 2));
        Refused(RefusalCode.TrustSignature, unsealed, null);
        Refused(RefusalCode.TrustSignature, unsealed.With(first.Seal! with { Time = first.Seal!.Time.AddSeconds(1) }), null);
        var second = Grid.Second(first);
        Refused(RefusalCode.TrustSignature, second.With(first.Seal!), first);
        Refused(RefusalCode.TrustChain, Grid.Sealed(second, 1, TrustGrid.Now.AddHours(-1)), first);
    }

    [Fact]
    public void A_retired_wrap_key_serves_in_no_further_Trust()
    {
        var first = Grid.First();
        var retirement = RetirementTests.Of(Grid, first, hsm: 1);
        Assert.Equal(RefusalCode.TrustRetired, Grid.Verifier.CheckBeforeSeal(
            Grid.Second(first), first, Grid.Hsms[0].Parsed, TrustGrid.Now.AddHours(1), [retirement]).Refusal?.Code);
    }

    [Theory]
    [InlineData(5, 2, false)]
    [InlineData(5, 3, true)]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, false)]
    [InlineData(4, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(1, 1, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    public void A_quorum_is_more_than_half_and_at_most_all(int operators, int quorum, bool fits)
    {
        var made = TrustBody.Create(null, TrustGrid.Id, [Grid.Hsm(0)], Grid.Operators.Take(operators).Select(o => o.Parsed), quorum);
        Assert.Equal(fits ? null : RefusalCode.TrustQuorum, made.Refusal?.Code);
    }

    private static Trust Draft() => Trust.Of(Grid.Body(null, [0, 1, 2], [0, 1, 2, 3, 4], 3));

    private static void Refused(RefusalCode expected, Trust trust, Trust? predecessor)
    {
        Assert.Equal(expected, Grid.Verifier.Check(trust, predecessor).Refusal?.Code);

        // The same after a way through bytes.
        var again = Trust.Parse(trust.ToBytes(), new CertificateCache()).Value;
        Assert.Equal(expected, Grid.Verifier.Check(again, predecessor).Refusal?.Code);
    }
}
