namespace VaultGrid.Enclave.Tests;

/// <summary>A grid begins once: administrators approve its first Trust, which serves the operators' own keys, and its end.</summary>
public sealed class BootstrapTests : IAsyncLifetime
{
    private readonly DomainGrid _grid = new();

    public async ValueTask InitializeAsync() => await _grid.StartAsync();

    public ValueTask DisposeAsync()
    {
        _grid.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Administrators_begin_the_first_chain_and_end_its_bootstrap()
    {
        var bootstrap = await BeginAsync();
        await _grid.LearnAsync(2, bootstrap);
        var owned = await _grid.CreateAsync(1, bootstrap, MasterKeyKind.EcdsaP256, _grid.Operators[0].Identity.Uri);

        var next = _grid.SignedBy(await _grid.BodyAsync(bootstrap.Body, [1, 2]), 1, 2, 3);
        await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, DomainGrid.Sealing(next));
        var second = await _grid.BootstrapAsync(1, next);
        Assert.Equal(2UL, (await _grid.LearnAsync(2, second)).Number);

        // From here on the operators alone decide, and the operators' Domains are re-wrapped before they serve again.
        var third = await _grid.NextAsync(second, sealer: 2, 1, 2, 3);
        await _grid.LearnAsync(1, third);
        var sign = _grid.Call(new DomainParameters.Sign(owned.Keys.Hash, 0, Hash256.Sha256([1]).ToArray()));
        await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, sign.Use(owned));
        var again = _grid.Call(new DomainParameters.Rotate(owned.Keys.Hash, third.Hash, false, 0));
        var rotated = _grid.Keys(await _grid[1].AskAsync(again.Rotate(owned))).Under(third);
        sign = _grid.Call(new DomainParameters.Sign(rotated.Keys.Hash, 0, Hash256.Sha256([1]).ToArray()));
        Assert.Equal(1U, (await _grid[1].AskAsync(sign.Use(rotated))).Master);
    }

    [Fact]
    public async Task There_is_one_under_a_root()
    {
        var bootstrap = await BeginAsync();
        var other = new TrustId(Guid.NewGuid());
        var second = Trust.Of(TrustBody.Create(null, other, [await _grid.EntryAsync(1, other)], [], 0).Value);
        await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, _grid.Bootstrapping(second));
        _grid.Restart(1);
        await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, _grid.Bootstrapping(second));

        // Whoever learned of it knows as well.
        await _grid.EntryAsync(3);
        await _grid.LearnAsync(3, bootstrap);
        var third = Trust.Of(TrustBody.Create(null, other, [await _grid.EntryAsync(3, other)], [], 0).Value);
        await _grid[3].RefusesAsync(RefusalCode.TrustBootstrap, _grid.Bootstrapping(third));
    }

    [Fact]
    public async Task Nothing_but_an_operators_own_signing_key_stands_under_it()
    {
        var bootstrap = await BeginAsync();
        var owner = _grid.Operators[0].Identity.Uri;
        foreach (var (kind, whose) in new[] { (MasterKeyKind.Aes256, owner), (MasterKeyKind.EcdsaP256, ""), (MasterKeyKind.Ed25519, owner) })
        {
            var call = _grid.Call(new DomainParameters.Create(kind, whose, bootstrap.Hash, bootstrap.Hash));
            await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, call.Create());
        }

        var admin = _grid.Call(new DomainParameters.Create(MasterKeyKind.EcdsaP256, _grid.Grid.Admins[0].Identity.Uri, bootstrap.Hash, bootstrap.Hash));
        await _grid[1].RefusesAsync(RefusalCode.InputMalformed, admin.Create());
    }

    [Fact]
    public async Task It_needs_the_administrators_for_exactly_this_Trust()
    {
        var trust = await BareAsync();
        await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, DomainGrid.Sealing(trust));
        var call = _grid.Bootstrapping(trust);
        await _grid[1].RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [call.Approvals[0]] });

        var other = Trust.Of(TrustBody.Create(null, _grid.Chain, [await _grid.EntryAsync(1)], [], 0).Value);
        await _grid[1].RefusesAsync(RefusalCode.InputMalformed, call with { Document = other.ToBytes() });

        // An ordinary Trust isn't theirs to seal.
        var ordinary = _grid.SignedBy(await _grid.BodyAsync(null, [1, 2]), 1, 2, 3);
        await _grid[1].RefusesAsync(RefusalCode.TrustBootstrap, _grid.Bootstrapping(ordinary));
    }

    private async Task<Trust> BareAsync() =>
        Trust.Of(TrustBody.Create(null, _grid.Chain, [await _grid.EntryAsync(1), await _grid.EntryAsync(2)], [], 0).Value);

    private async Task<Trust> BeginAsync()
    {
        var trust = await BareAsync();
        var call = _grid.Bootstrapping(trust);
        var begun = _grid.Parse(Assert.IsType<Performed.TrustSealed>(await _grid[1].AskAsync(call)).Trust);
        Assert.Equal(trust.Hash, begun.Hash);

        // The same request again is answered again.
        Assert.IsType<Performed.TrustSealed>(await _grid[1].AskAsync(call));
        return begun;
    }
}
