using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Who gets a Trust sealed, and who doesn't: each test breaks one thing, and nothing changes.</summary>
public sealed class TrustSealingTests : IAsyncLifetime
{
    private readonly DomainGrid _grid = new();

    public async ValueTask InitializeAsync() => await _grid.StartAsync();

    public ValueTask DisposeAsync()
    {
        _grid.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(WrapKeyKind.P256)]
    [InlineData(WrapKeyKind.Rsa3072)]
    public async Task A_wrap_key_is_made_once_for_a_chain_and_stays(WrapKeyKind kind)
    {
        var entry = await _grid.EntryAsync(1, kind: kind);
        Assert.True(entry.IsSigned(_grid.Chain));
        _grid.Restart(1);
        Assert.Equal(entry.ToBytes(), (await _grid.EntryAsync(1, kind: kind)).ToBytes());

        var other = await _grid.EntryAsync(1, new TrustId(Guid.Empty), kind);
        Assert.NotEqual(entry.WrapKey, other.WrapKey);
        Assert.NotEqual(entry.WrapKey, (await _grid.EntryAsync(2, kind: kind)).WrapKey);
        await _grid[1].RefusesAsync(RefusalCode.StateConflict, new ChainKeyCall(_grid.Chain, kind == WrapKeyKind.P256 ? WrapKeyKind.Rsa3072 : WrapKeyKind.P256));
        await _grid[1].RefusesAsync(RefusalCode.InputUnsupported, new ChainKeyCall(new TrustId(Guid.NewGuid()), (WrapKeyKind)9));
    }

    [Fact]
    public async Task A_Trust_that_its_operators_signed_is_sealed_and_all_its_HSMs_take_it()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        var second = await _grid.NextAsync(first, sealer: 1, 1, 2);
        foreach (var node in new[] { 2, 3 })
        {
            var known = await _grid.LearnAsync(node, first, second);
            Assert.Equal((first.Hash, 2UL, second.Hash, node == 2), (known.First!.Value, known.Number, known.Newest!.Value, known.IsNamed));
            _grid.Restart(node);
            Assert.Equal(known, Assert.Single(await _grid[node].AskAsync(new ChainsCall())));
        }
    }

    [Fact]
    public async Task The_same_Trust_is_sealed_again()
    {
        var signed = _grid.SignedBy(await _grid.BodyAsync(null, [1, 2]), 1, 2, 3);
        var first = await _grid.SealAsync(1, signed);
        var status = await _grid[1].StatusAsync();
        Assert.Equal(first.Hash, (await _grid.SealAsync(1, signed)).Hash);
        Assert.Equal(status.StoreVersion, (await _grid[1].StatusAsync()).StoreVersion);

        // By another HSM of it, after it has the first seal or without.
        Assert.Equal(first.Hash, (await _grid.SealAsync(2, signed)).Hash);
    }

    [Fact]
    public async Task A_quorum_short_by_one_is_none()
    {
        var body = await _grid.BodyAsync(null, [1, 2, 3]);
        await _grid[1].RefusesAsync(RefusalCode.TrustQuorum, DomainGrid.Sealing(_grid.SignedBy(body, 1, 2)));

        // Of the predecessor's operators as well: three new ones alone don't do.
        var first = await _grid.SealAsync(1, _grid.SignedBy(body, 1, 2, 3));
        var alone = TrustBody.Create(first.Body, _grid.Chain, first.Body.Hsms, [_grid.Operators[4].Parsed], 1).Value;
        await _grid[1].RefusesAsync(RefusalCode.TrustQuorum, DomainGrid.Sealing(_grid.SignedBy(alone, 5), first));
        await _grid[1].RefusesAsync(RefusalCode.TrustQuorum, DomainGrid.Sealing(_grid.SignedBy(alone, 3, 4), first));
        Assert.Equal(2UL, (await _grid.SealAsync(1, _grid.SignedBy(alone, 3, 4, 5), first)).Body.Number);
    }

    [Fact]
    public async Task One_operator_counts_once_however_often_and_under_whatever_certificate_they_sign()
    {
        var body = await _grid.BodyAsync(null, [1, 2, 3]);
        var one = _grid.Operators[0];
        var two = _grid.Operators[1];

        // Twice, with two certificates of the same name and key, and with one key under two names.
        var renewed = _grid.Grid.Leaf(_grid.Grid.OperatorCa, one.Identity);
        renewed.Key = one.Key;
        var disguised = _grid.Grid.Leaf(_grid.Grid.OperatorCa, CertificateIdentity.Operator(3));
        disguised.Key = one.Key;
        foreach (var again in new[] { one, renewed, disguised })
        {
            var signatures = new[] { one, again, two }.Select(signer => DomainGrid.Signature(signer, body.Hash)).ToList();
            await RefusesRawAsync(RefusalCode.TrustDuplicate, body, signatures);
        }

        // An operator of the name alone is a stranger.
        var stranger = _grid.Grid.Leaf(_grid.Grid.OperatorCa, CertificateIdentity.Operator(3));
        await RefusesRawAsync(RefusalCode.TrustStranger, body, [.. new[] { one, two, stranger }.Select(signer => DomainGrid.Signature(signer, body.Hash))]);
        await RefusesRawAsync(RefusalCode.TrustMalformed, body, [.. new[] { one, two, _grid.Grid.Admins[0] }.Select(signer => DomainGrid.Signature(signer, body.Hash))]);
    }

    [Fact]
    public async Task A_signature_for_another_Trust_counts_for_nothing()
    {
        var body = await _grid.BodyAsync(null, [1, 2, 3]);
        var other = await _grid.BodyAsync(null, [1, 2]);
        var mixed = _grid.SignedBy(body, 1, 2).With(DomainGrid.Signature(_grid.Operators[2], other.Hash)).Value;
        await _grid[1].RefusesAsync(RefusalCode.TrustSignature, DomainGrid.Sealing(mixed));
    }

    [Fact]
    public async Task A_forged_predecessor_or_a_gap_is_refused()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        var rogue = await _grid.BodyAsync(null, [1, 2], operators: 1, quorum: 1);
        var onRogue = await _grid.BodyAsync(rogue, [1, 2, 3]);
        await _grid[1].RefusesAsync(RefusalCode.TrustChain, DomainGrid.Sealing(_grid.SignedBy(onRogue, 1, 2, 3)));
        await _grid[1].RefusesAsync(RefusalCode.TrustChain, DomainGrid.Sealing(_grid.SignedBy(onRogue, 1, 2, 3), _grid.SignedBy(rogue, 1)));

        var second = await _grid.NextAsync(first, sealer: 1, 1, 2, 3);
        var third = _grid.SignedBy(await _grid.BodyAsync(second.Body, [1, 2, 3]), 1, 2, 3);
        await _grid[2].RefusesAsync(RefusalCode.TrustUnknown, DomainGrid.Sealing(third));
        await _grid[2].RefusesAsync(RefusalCode.TrustUnknown, DomainGrid.Sealing(third, second));
        Assert.Equal(3UL, (await _grid.SealAsync(2, third, first, second, second)).Body.Number);
    }

    [Fact]
    public async Task An_HSM_seals_one_successor_of_each_Trust()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        await _grid.NextAsync(first, sealer: 1, 1, 2, 3);
        var rival = _grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 2]), 1, 2, 3);
        await _grid[1].RefusesAsync(RefusalCode.StateConflict, DomainGrid.Sealing(rival, first));
        _grid.Restart(1);
        await _grid[1].RefusesAsync(RefusalCode.StateConflict, DomainGrid.Sealing(rival, first));

        // Nor a second first Trust of a chain.
        await _grid[1].RefusesAsync(RefusalCode.StateConflict, DomainGrid.Sealing(_grid.SignedBy(await _grid.BodyAsync(null, [1, 3]), 1, 2, 3)));
    }

    [Fact]
    public async Task An_HSM_seals_only_Trusts_that_name_it_with_its_own_wrap_key_and_that_it_was_named_before()
    {
        var signed = _grid.SignedBy(await _grid.BodyAsync(null, [1, 2]), 1, 2, 3);
        await _grid[3].RefusesAsync(RefusalCode.TrustStranger, DomainGrid.Sealing(signed));

        var first = await _grid.SealAsync(1, signed);
        var withThree = _grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 2, 3]), 1, 2, 3);
        await _grid[3].RefusesAsync(RefusalCode.TrustStranger, DomainGrid.Sealing(withThree, first));

        // A false key in an honest name: signed by nobody's D key, or by the right one for another chain.
        var entry = await _grid.EntryAsync(2);
        using var mine = Crypto.WrapKey.Generate(WrapKeyKind.P256);
        var false1 = TrustBody.Create(first.Body, _grid.Chain, [await _grid.EntryAsync(1), entry with { WrapKey = mine.Public }], first.Body.Operators, 3).Value;
        await _grid[1].RefusesAsync(RefusalCode.TrustSignature, DomainGrid.Sealing(_grid.SignedBy(false1, 1, 2, 3), first));
        var elsewhere = await _grid.EntryAsync(2, new TrustId(Guid.Empty));
        var false2 = TrustBody.Create(first.Body, _grid.Chain, [await _grid.EntryAsync(1), elsewhere], first.Body.Operators, 3).Value;
        await _grid[1].RefusesAsync(RefusalCode.TrustSignature, DomainGrid.Sealing(_grid.SignedBy(false2, 1, 2, 3), first));
    }

    [Fact]
    public async Task Operators_of_another_CA_expired_or_revoked_ones_sign_nothing()
    {
        var signed = _grid.SignedBy(await _grid.BodyAsync(null, [1, 2]), 1, 2, 3);
        var list = _grid.Grid.OperatorCa.List(2, _grid.Grid.Start.AddHours(1), (_grid.Operators[4].Serial, _grid.Grid.Start.AddHours(1)));
        await _grid[1].AskAsync(new AddAuthoritiesCall(_grid.Grid.Bundle(list)));

        // Five is named: a Trust names nobody who is revoked, whoever signed.
        await _grid[1].RefusesAsync(RefusalCode.CertificateRevoked, DomainGrid.Sealing(signed));
        var four = _grid.SignedBy(await _grid.BodyAsync(null, [1, 2], operators: 4), 1, 2, 3);
        Assert.Equal(1UL, (await _grid.SealAsync(1, four)).Body.Number);
    }

    [Fact]
    public async Task A_fork_ends_the_chain_for_whoever_sees_both()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        await _grid.LearnAsync(2, first);
        await _grid.LearnAsync(3, first);

        // Three operators sign two successors, and two HSMs seal one each.
        var one = await _grid.NextAsync(first, sealer: 1, 1, 2, 3);
        var other = await _grid.SealAsync(2, _grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 2]), 1, 2, 3));
        var after = await _grid.NextAsync(one, sealer: 1, 1, 2, 3);

        Assert.Null((await _grid.LearnAsync(3, one, after)).Fork);
        var forked = await _grid.LearnAsync(3, first, other);
        Assert.Equal((1UL, first.Hash, (one.Hash, other.Hash)), (forked.Number, forked.Newest!.Value, forked.Fork!.Value));

        // Nothing behind it is taken, sealed or used any more, also after a restart.
        _grid.Restart(3);
        Assert.Equal(forked, Assert.Single(await _grid[3].AskAsync(new ChainsCall())));
        await _grid[3].RefusesAsync(RefusalCode.TrustForked, DomainGrid.Learning(first, one, after));
        Assert.Equal(forked, await _grid.LearnAsync(3, first, one));
        await _grid[3].RefusesAsync(RefusalCode.TrustForked, DomainGrid.Sealing(_grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 3]), 1, 2, 3), first));

        // Who sealed one of them sees it as well. Both documents are kept for people.
        Assert.NotNull((await _grid.LearnAsync(1, other)).Fork);
        foreach (var node in new[] { 1, 3 })
        {
            var kept = Directory.GetFiles(Path.Combine(_grid.Store(node).StoreFolder, "forks")).Order().Select(file =>
                Trust.Parse(DocumentFile.Read("trust", File.ReadAllBytes(file)).Value, _grid.Certificates).Value.Hash);
            Assert.Equal(new[] { one.Hash, other.Hash }.OrderBy(hash => hash.ToString(), StringComparer.Ordinal), kept);
        }
    }

    [Fact]
    public async Task Another_chain_under_a_known_id_a_foreign_seal_or_none_is_refused()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        await _grid.LearnAsync(2, first);
        var rogue = _grid.SignedBy(await _grid.BodyAsync(null, [3], operators: 1, quorum: 1), 1);
        var rogueSealed = await _grid.SealAsync(3, rogue);
        await _grid[2].RefusesAsync(RefusalCode.TrustChain, DomainGrid.Learning(rogueSealed));
        await _grid[2].RefusesAsync(RefusalCode.TrustSignature, DomainGrid.Learning(_grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 2]), 1, 2, 3)));

        var second = await _grid.NextAsync(first, sealer: 1, 1, 2, 3);
        var third = await _grid.NextAsync(second, sealer: 1, 1, 2, 3);
        await _grid[2].RefusesAsync(RefusalCode.TrustSignature, DomainGrid.Learning(second.With(third.Seal!)));
        await _grid[2].RefusesAsync(RefusalCode.TrustUnknown, DomainGrid.Learning(third));

        // A seal's time isn't covered by the name of a Trust that is known: the seal is checked again.
        await _grid[2].RefusesAsync(RefusalCode.TrustSignature, DomainGrid.Learning(first.With(first.Seal! with { Time = first.Seal.Time.AddHours(-1) })));
    }

    [Fact]
    public async Task A_chain_without_a_wrap_key_here_is_verified_and_not_kept()
    {
        var first = await _grid.FirstAsync(1, 2);
        var known = await _grid.LearnAsync(3, first);
        Assert.Equal((first.Hash, 1UL, null), (known.Newest!.Value, known.Number, known.WrapKey));
        Assert.Empty(await _grid[3].AskAsync(new ChainsCall()));
        await _grid[3].RefusesAsync(RefusalCode.TrustQuorum, DomainGrid.Learning(_grid.SignedBy(first.Body, 1, 2).With(first.Seal!)));
    }

    private async Task RefusesRawAsync(RefusalCode code, TrustBody body, List<OperatorSignature> signatures)
    {
        var raw = new WireWriter().U8(Trust.Version).Bytes(body.Bytes.Span)
            .List([.. signatures.OrderBy(signature => signature.Signatory)], (to, signature) => to.Bytes(signature.Certificate.Der.Span).Bytes(signature.Bytes.Span))
            .U32(0).U32(0).ToArray();
        await _grid[1].RefusesAsync(code, new SealTrustCall(raw, [], []));
    }
}
