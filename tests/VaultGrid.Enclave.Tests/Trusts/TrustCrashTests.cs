namespace VaultGrid.Enclave.Tests;

/// <summary>The enclave dies at every moment of writing an irreversible step of its chains: it comes back before or after the step, never between, and the call can be repeated.</summary>
public sealed class TrustCrashTests
{
    public static TheoryData<int> Steps => [.. Enum.GetValues<SaveStep>().Select(step => (int)step)];

    [Theory, MemberData(nameof(Steps))]
    public async Task Sealing_survives_and_stays_with_one_successor(int stopAt)
    {
        using var grid = new DomainGrid(guarded: true);
        await grid.StartAsync();
        var first = await grid.FirstAsync(1, 2, 3);
        var signed = grid.SignedBy(await grid.BodyAsync(first.Body, [1, 2]), 1, 2, 3);
        var rival = grid.SignedBy(await grid.BodyAsync(first.Body, [1, 2, 3]), 1, 2, 3);

        var taken = await CrashAsync(grid, 1, stopAt, DomainGrid.Sealing(signed, first));

        Assert.Equal(taken ? 2UL : 1UL, Assert.Single(await grid[1].AskAsync(new ChainsCall())).Number);
        if (taken) await grid[1].RefusesAsync(RefusalCode.StateConflict, DomainGrid.Sealing(rival, first));
        Assert.Equal(signed.Hash, (await grid.SealAsync(1, signed, first)).Hash);
        await grid[1].RefusesAsync(RefusalCode.StateConflict, DomainGrid.Sealing(rival, first));
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task Making_a_wrap_key_survives(int stopAt)
    {
        using var grid = new DomainGrid(guarded: true);
        await grid.StartAsync(nodes: 1);
        var taken = await CrashAsync(grid, 1, stopAt, new ChainKeyCall(grid.Chain, WrapKeyKind.P256));
        Assert.Equal(taken ? 1 : 0, (await grid[1].AskAsync(new ChainsCall())).Count);
        var entry = await grid.EntryAsync(1);
        Assert.True(entry.IsSigned(grid.Chain));
        Assert.Equal(entry.WrapKey.Hash, Assert.Single(await grid[1].AskAsync(new ChainsCall())).WrapKey);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task Learning_and_retiring_survive(int stopAt)
    {
        using var grid = new DomainGrid(guarded: true);
        await grid.StartAsync();
        var first = await grid.FirstAsync(1, 2, 3);
        var second = await grid.NextAsync(first, sealer: 1, 1, 2);
        await grid.EntryAsync(3);

        var learned = await CrashAsync(grid, 3, stopAt, DomainGrid.Learning(first, second));
        Assert.Equal(learned ? 2UL : 0UL, Assert.Single(await grid[3].AskAsync(new ChainsCall())).Number);
        await grid.LearnAsync(3, first, second);

        var retired = await CrashAsync(grid, 3, stopAt, new RetireChainCall(grid.Chain));
        Assert.Equal(retired, Assert.Single(await grid[3].AskAsync(new ChainsCall())).IsRetired);
        var statement = Retirement.Parse((await grid[3].AskAsync(new RetireChainCall(grid.Chain))).Span, grid.Certificates).Value;
        Assert.Equal(second.Hash, statement.Trust);
        Assert.True(Assert.Single(await grid[3].AskAsync(new ChainsCall())).IsRetired);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task Beginning_the_grid_survives_and_stays_single(int stopAt)
    {
        using var grid = new DomainGrid(guarded: true);
        await grid.StartAsync(nodes: 1);
        var trust = Trust.Of(TrustBody.Create(null, grid.Chain, [await grid.EntryAsync(1)], [], 0).Value);
        var other = new TrustId(Guid.NewGuid());
        var rival = Trust.Of(TrustBody.Create(null, other, [await grid.EntryAsync(1, other)], [], 0).Value);

        var taken = await CrashAsync(grid, 1, stopAt, grid.Bootstrapping(trust));
        if (taken) await grid[1].RefusesAsync(RefusalCode.TrustBootstrap, grid.Bootstrapping(rival));
        Assert.Equal(trust.Hash, (await grid.BootstrapAsync(1, trust)).Hash);
        await grid[1].RefusesAsync(RefusalCode.TrustBootstrap, grid.Bootstrapping(rival));
    }

    // Whether the step was taken when the enclave died.
    private static async Task<bool> CrashAsync<TAnswer>(DomainGrid grid, int node, int stopAt, EnclaveCall<TAnswer> call)
        where TAnswer : notnull
    {
        var store = grid.Store(node);
        store.Stop();
        store.Probe = step =>
        {
            if ((int)step == stopAt) throw new IOException("the power fails");
        };
        grid.Restart(node);
        Assert.Equal(RefusalCode.EnclaveFault, (await grid[node].TryAsync(call)).Refusal?.Code);
        store.Stop();
        store.Probe = null;
        grid.Restart(node);
        Assert.Equal(EnclavePhase.Member, (await grid[node].StatusAsync()).Phase);
        return stopAt >= (int)SaveStep.Renamed;
    }
}
