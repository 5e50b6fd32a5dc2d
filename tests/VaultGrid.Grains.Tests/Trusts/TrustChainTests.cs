using VaultGrid.LocalGrid;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Tests.Trusts;

/// <summary>One Trust follows one, whatever is asked at once and whoever dies meanwhile.</summary>
public sealed class TrustChainTests(TrustGridFixture fixture) : IClassFixture<TrustGridFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ITrustGrid Grid => fixture.Grid.Client.Trusts;

    [Fact]
    public async Task Of_successors_that_race_one_is_signed_and_the_others_are_told_so()
    {
        var first = await fixture.BeginAsync(Cancellation, 1, 2, 3);
        TrustBody[] rivals = [await fixture.NextAsync(first, Cancellation, 1, 2), await fixture.NextAsync(first, Cancellation, 1, 3), await fixture.NextAsync(first, Cancellation, 1)];
        foreach (var rival in rivals) await fixture.Grid.Trusts.FileAsync(rival, fixture.Operators.Take(3), Cancellation);

        // Each is brought to another HSM, each several times.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
            (i % 3, Outcome: await Grid.SealTrustAsync(rivals[i % 3].Hash, new TrustSealing(), Cancellation))));
        var chain = (await Grid.GetChainAsync(first.Body.Id, Cancellation)).Value;
        Assert.Equal(2UL, chain.Number);
        var winner = Array.FindIndex(rivals, rival => rival.Hash == chain.Newest);
        Assert.All(outcomes, each =>
        {
            if (each.Item1 == winner) Assert.Equal("signed", each.Outcome.Value.State);
            else Assert.Equal(RefusalCode.StateConflict, each.Outcome.Code());
        });

        foreach (var loser in rivals.Where(rival => rival.Hash != chain.Newest)) Assert.Equal("passed", (await Grid.GetTrustAsync(loser.Hash, Cancellation)).Value.State);
        Assert.Equal(RefusalCode.StateConflict, (await Grid.FileTrustAsync(new TrustSubmission(Trust.Of(rivals[(winner + 1) % 3]).ToBytes()), Cancellation)).Refusal?.Code ?? RefusalCode.StateConflict);
    }

    [Fact]
    public async Task What_an_HSM_may_have_signed_before_it_fell_silent_comes_first()
    {
        var first = await fixture.BeginAsync(Cancellation, 1, 2, 3);
        var (asked, other) = (await fixture.NextAsync(first, Cancellation, 1, 2, 3), await fixture.NextAsync(first, Cancellation, 2, 3));
        foreach (var each in new[] { asked, other }) await fixture.Grid.Trusts.FileAsync(each, fixture.Operators.Take(3), Cancellation);

        // Node 1 does not answer: nobody knows whether it signed.
        await fixture.Grid.Node(TrustGridFixture.Node(1)).Process.KillAsync();
        Assert.Equal(RefusalCode.EnclaveDetached, (await Grid.SealTrustAsync(asked.Hash, new TrustSealing(TrustGridFixture.Node(1)), Cancellation)).Code());
        Assert.Equal(RefusalCode.StateConflict, (await Grid.SealTrustAsync(other.Hash, new TrustSealing(TrustGridFixture.Node(2)), Cancellation)).Code());
        Assert.Equal(asked.Hash, (await Grid.GetChainAsync(first.Body.Id, Cancellation)).Value.Newest);
        await fixture.Grid.RestartAsync(TrustGridFixture.Node(1), Cancellation);
    }

    [Fact]
    public async Task Filing_signing_and_sealing_again_comes_to_the_same()
    {
        var chain = LocalTrusts.NewChain();
        var body = LocalTrusts.Write(null, chain, [await fixture.Grid.Trusts.HsmAsync(chain, TrustGridFixture.Node(1), Cancellation)], fixture.Operators, 3);
        var unsigned = new TrustSubmission(Trust.Of(body).ToBytes());
        Assert.Empty((await Grid.FileTrustAsync(unsigned, Cancellation)).Value.Signers);
        foreach (var signer in fixture.Operators.Take(2).Concat(fixture.Operators.Take(2)))
        {
            var signature = signer.Sign(body);
            _ = (await Grid.SignTrustAsync(body.Hash, new TrustSignature(signature.Certificate.Der, signature.Bytes), Cancellation)).Value;
        }

        // Two have signed, however often they said it; filing without signatures takes none away.
        Assert.Equal(2, (await Grid.FileTrustAsync(unsigned, Cancellation)).Value.Signers.Count);
        Assert.Equal(RefusalCode.TrustQuorum, (await Grid.SealTrustAsync(body.Hash, new TrustSealing(), Cancellation)).Code());
        await fixture.Grid.Trusts.FileAsync(body, fixture.Operators.Skip(4), Cancellation);
        var sealings = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Grid.SealTrustAsync(body.Hash, new TrustSealing(), Cancellation)));
        Assert.All(sealings, sealing => Assert.True(sealings[0].Value.Document!.Value.Span.SequenceEqual(sealing.Value.Document!.Value.Span)));
        Assert.True((await Grid.VerifyTrustAsync(new DocumentSubmission(sealings[0].Value.Document!.Value), Cancellation)).Value.Counts);
    }

    [Fact]
    public async Task Signatures_that_can_not_count_are_refused_and_change_nothing()
    {
        var first = await fixture.BeginAsync(Cancellation, 1, 2);
        var body = await fixture.NextAsync(first, Cancellation, 1, 2, 3);
        await fixture.Grid.Trusts.FileAsync(body, [], Cancellation);
        using var stranger = fixture.Grid.Ceremony.Operator(77);
        var own = fixture.Operators[0].Sign(body);
        var ofFirst = fixture.Operators[0].Sign(first.Body);
        Assert.Equal(RefusalCode.TrustStranger, await SignAsync(stranger.Sign(body)));
        Assert.Equal(RefusalCode.TrustSignature, await SignAsync(ofFirst));
        Assert.Equal(RefusalCode.CertificateMalformed, (await Grid.SignTrustAsync(body.Hash, new TrustSignature(new byte[] { 1 }, own.Bytes), Cancellation)).Code());
        Assert.Equal(RefusalCode.TrustUnknown, (await Grid.SignTrustAsync(Hash256.Sha256([1]), new TrustSignature(own.Certificate.Der, own.Bytes), Cancellation)).Code());
        Assert.Equal(RefusalCode.StateConflict, (await Grid.SignTrustAsync(first.Hash, new TrustSignature(ofFirst.Certificate.Der, ofFirst.Bytes), Cancellation)).Code());
        Assert.Empty((await Grid.GetTrustAsync(body.Hash, Cancellation)).Value.Signers);

        async Task<RefusalCode> SignAsync(OperatorSignature signature) =>
            (await Grid.SignTrustAsync(body.Hash, new TrustSignature(signature.Certificate.Der, signature.Bytes), Cancellation)).Code();
    }

    [Fact]
    public async Task A_false_HSM_is_not_even_filed()
    {
        var first = await fixture.BeginAsync(Cancellation, 1, 2);
        var mine = first.Body.Hsms[0];
        using var forged = WrapKey.Generate(WrapKeyKind.P256);
        var body = LocalTrusts.Write(first.Body, first.Body.Id, [mine, first.Body.Hsms[1] with { WrapKey = forged.Public }], fixture.Operators, 3);
        Assert.Equal(RefusalCode.TrustSignature, (await Grid.FileTrustAsync(new TrustSubmission(Trust.Of(body).ToBytes()), Cancellation)).Code());
        Assert.Equal(RefusalCode.TrustUnknown, (await Grid.GetTrustAsync(body.Hash, Cancellation)).Code());
    }

    [Fact]
    public async Task A_removed_HSM_retires_once_named_no_more_and_says_the_same_again()
    {
        var first = await fixture.BeginAsync(Cancellation, 1, 2, 3);
        Assert.Equal(RefusalCode.StateConflict, (await Grid.RetireHsmAsync(first.Body.Id, TrustGridFixture.Node(3), Cancellation)).Code());
        var second = await fixture.Grid.Trusts.MakeAsync(await fixture.NextAsync(first, Cancellation, 1, 2), fixture.Operators.Take(3), Cancellation);
        var retired = (await Grid.RetireHsmAsync(first.Body.Id, TrustGridFixture.Node(3), Cancellation)).Value;
        var again = (await Grid.RetireHsmAsync(first.Body.Id, TrustGridFixture.Node(3), Cancellation)).Value;
        Assert.Equal(retired.Document.ToArray(), again.Document.ToArray());
        var statement = Retirement.Parse(retired.Document.Span, new CertificateCache()).Value;
        Assert.Null(statement.Check(first, fixture.Grid.Ceremony.Trusted()).Refusal);
        Assert.Equal([TrustGridFixture.Node(3)], (await Grid.GetChainAsync(second.Body.Id, Cancellation)).Value.Retired);

        // Its old key serves in no further Trust.
        var back = LocalTrusts.Write(second.Body, second.Body.Id, first.Body.Hsms, fixture.Operators, 3);
        await fixture.Grid.Trusts.FileAsync(back, fixture.Operators.Take(3), Cancellation);
        Assert.Equal(RefusalCode.TrustRetired, (await Grid.SealTrustAsync(back.Hash, new TrustSealing(), Cancellation)).Code());
    }

    [Fact]
    public async Task A_chain_made_elsewhere_is_taken_from_its_first_Trust_on()
    {
        // Another grid would have these; here the documents are given to a chain that was never filed: another fixture's state is not touched.
        var first = await fixture.BeginAsync(Cancellation, 1, 2);
        var second = await fixture.Grid.Trusts.MakeAsync(await fixture.NextAsync(first, Cancellation, 1), fixture.Operators.Take(3), Cancellation);
        var again = (await Grid.FileTrustAsync(new TrustSubmission(second.ToBytes()), Cancellation)).Value;
        Assert.Equal("signed", again.State);
        var verdict = (await Grid.VerifyTrustAsync(new DocumentSubmission(first.With(second.Seal!).ToBytes()), Cancellation)).Value;
        Assert.False(verdict.Counts);
        Assert.Equal("trust.signature", verdict.Refusal!.Code);
    }
}
