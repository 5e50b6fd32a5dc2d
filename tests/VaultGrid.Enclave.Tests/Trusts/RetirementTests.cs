namespace VaultGrid.Enclave.Tests;

/// <summary>A removed HSM wipes its wrap key for good; one that is named can't.</summary>
public sealed class RetirementTests : IAsyncLifetime
{
    private readonly DomainGrid _grid = new(guarded: true);

    public async ValueTask InitializeAsync() => await _grid.StartAsync();

    public ValueTask DisposeAsync()
    {
        _grid.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_removed_HSM_signs_that_it_wiped_its_wrap_key_and_opens_nothing_any_more()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        var domain = await _grid.CreateAsync(1, first);
        var (header, _) = await _grid.EncryptAsync(1, domain);
        await _grid[3].RefusesAsync(RefusalCode.TrustUnknown, new RetireChainCall(_grid.Chain));
        await _grid.LearnAsync(3, first);
        await _grid[3].RefusesAsync(RefusalCode.StateConflict, new RetireChainCall(_grid.Chain));

        var second = await _grid.NextAsync(first, sealer: 1, 1, 2);
        await _grid.LearnAsync(3, second);
        var bytes = await _grid[3].AskAsync(new RetireChainCall(_grid.Chain));
        var retirement = Retirement.Parse(bytes.Span, _grid.Certificates).Value;
        Assert.Equal((_grid.Chain, second.Hash), (retirement.Chain, retirement.Trust));
        Assert.Null(retirement.Check(first, TrustedAuthoritiesOf(_grid)).Refusal);

        _grid.Restart(3);
        Assert.Equal(bytes.ToArray(), (await _grid[3].AskAsync(new RetireChainCall(_grid.Chain))).ToArray());
        await _grid[3].RefusesAsync(RefusalCode.TrustRetired, new ChainKeyCall(_grid.Chain, WrapKeyKind.P256));
        await _grid.LearnAsync(3, first, second);
        Assert.NotNull((await _grid[3].TryAsync(_grid.Decrypting(domain, header).Use(domain))).Refusal);
        await _grid[3].RefusesAsync(RefusalCode.TrustRetired, new RewrapDomainsCall(_grid.Chain, second.Hash, [SealedKeys.Of(domain).ToBytes()]));

        // Not even where operators name it again: its wrap key is gone, and whoever knows that seals no such Trust.
        var entry = first.Body.Hsms.Single(hsm => hsm.Signatory == retirement.Seal.Signatory);
        var back = TrustBody.Create(second.Body, _grid.Chain, [.. second.Body.Hsms, entry], second.Body.Operators, 3).Value;
        var sealing = DomainGrid.Sealing(_grid.SignedBy(back, 1, 2, 3), second);
        await _grid[1].RefusesAsync(RefusalCode.TrustRetired, sealing with { Retirements = [bytes] });
        var third = await _grid.SealAsync(1, _grid.SignedBy(back, 1, 2, 3), second);
        await _grid.LearnAsync(3, third);
        Assert.Equal(RefusalCode.TrustRetired, (await _grid[3].TryAsync(_grid.Decrypting(domain, header).Use(domain))).Refusal?.Code);
    }

    [Fact]
    public async Task A_store_from_before_the_retirement_is_noticed()
    {
        var first = await _grid.FirstAsync(1, 2, 3);
        var second = await _grid.NextAsync(first, sealer: 1, 1, 2);
        await _grid.LearnAsync(3, first, second);
        _grid.Store(3).Stop();
        var old = await File.ReadAllBytesAsync(_grid.Store(3).StoreFile, TestContext.Current.CancellationToken);
        _grid.Restart(3);
        await _grid[3].AskAsync(new RetireChainCall(_grid.Chain));

        _grid.Store(3).Stop();
        await File.WriteAllBytesAsync(_grid.Store(3).StoreFile, old, TestContext.Current.CancellationToken);
        _grid.Restart(3);
        Assert.Equal(EnclavePhase.Held, (await _grid[3].StatusAsync()).Phase);
        await _grid[3].RefusesAsync(RefusalCode.PhaseRefused, new ChainKeyCall(_grid.Chain, WrapKeyKind.P256));
    }

    [Fact]
    public async Task A_node_that_retires_as_a_whole_has_no_wrap_key_left()
    {
        await _grid.FirstAsync(1, 2, 3);
        await _grid[1].AskAsync(_grid.Grid.Approved(_grid.Grid.Retire(1, (await _grid[1].StatusAsync()).DeviceKey)));
        await _grid[1].RefusesAsync(RefusalCode.PhaseRefused, new ChainKeyCall(_grid.Chain, WrapKeyKind.P256));
        _grid.Store(1).Stop();
        using var adapter = new SoftwareAdapter(KeyFileSecret.Read(_grid.Store(1).KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(await File.ReadAllBytesAsync(_grid.Store(1).StoreFile, TestContext.Current.CancellationToken), adapter).Value;
        sealing.Dispose();
        Assert.True(state.Chains.IsEmpty);
    }

    private static Model.Certificates.TrustedAuthorities TrustedAuthoritiesOf(DomainGrid grid)
    {
        var pinned = Model.Certificates.TrustedAuthorities.Pin(grid.Grid.Root.Der).Value;
        return pinned.TryAdd(Model.Certificates.AuthorityBundle.Parse(grid.Grid.Bundle()).Value, grid.Time.GetUtcNow()).Value;
    }
}
