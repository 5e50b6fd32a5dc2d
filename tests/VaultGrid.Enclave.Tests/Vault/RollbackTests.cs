namespace VaultGrid.Enclave.Tests;

/// <summary>An older store under a version guard: noticed, held, restored only by an approved request.</summary>
public sealed class RollbackTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestStore _store;
    private readonly TestGrid _grid;
    private TestNode _node = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    public RollbackTests()
    {
        _store = new TestStore(_time, guarded: true);
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
    }

    private string GuardFile => Path.Combine(_store.Root, "guard");

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        await _node.JoinClusterAsync(TestGrid.Membership([1]));
        (_key, _policy) = await _node.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_store_that_was_not_rolled_back_goes_on()
    {
        var before = await _node.StatusAsync();
        Restart();
        Statuses.Same(before, await _node.StatusAsync());
    }

    [Fact]
    public async Task A_rolled_back_store_is_held_and_signs_nothing()
    {
        await RollBackAsync(steps: 2);
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);
        await _node.RefusesAsync(RefusalCode.PhaseRefused, _grid.Approved(_grid.Sign(_key, _policy)));
        await _node.RefusesAsync(RefusalCode.PhaseRefused, new AuditSignCall(_key, new byte[1]));
        await _node.RefusesAsync(RefusalCode.PhaseRefused, new JoinCall(_policy.KeyId));
    }

    [Fact]
    public async Task One_step_between_store_and_guard_is_a_crash_and_not_a_rollback()
    {
        var guard = File.ReadAllBytes(GuardFile);
        await StepAsync();
        _store.Stop();
        File.WriteAllBytes(GuardFile, guard);
        _node = _store.Start(_grid);
        Assert.Equal(EnclavePhase.Member, (await _node.StatusAsync()).Phase);

        // And the guard has caught up: the same trick does not work on the store one step before.
        var version = await _node.StatusAsync();
        Assert.Equal(version.StoreVersion, new FileVersionGuard(GuardFile).Read(out _).Value);
    }

    [Fact]
    public async Task A_single_step_back_is_noticed_too()
    {
        await RollBackAsync(steps: 1);
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_held_enclave_cannot_climb_back_by_learning()
    {
        await RollBackAsync(steps: 1);
        await _node.AskAsync(new AddAuthoritiesCall(_grid.Bundle(_grid.AdminCa.List(2, _grid.Start.AddHours(1)))));
        await _node.AskAsync(new AddAuthoritiesCall(_grid.Bundle(_grid.AdminCa.List(3, _grid.Start.AddHours(2)))));
        Restart();
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task An_approved_restore_lets_it_go_on_with_the_store_that_was_named()
    {
        await RollBackAsync(steps: 2);
        var held = await _node.StatusAsync();
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.Restore(1, Hash256.Sha256([1]))));
        await _node.RefusesAsync(RefusalCode.NodeForeign, _grid.Approved(_grid.Restore(2, held.VersionedPart)));

        var call = _grid.Approved(_grid.Restore(1, held.VersionedPart));
        Assert.Equal(new Performed.Moved(EnclavePhase.Member), await _node.AskAsync(call));
        Assert.Equal(new Performed.Moved(EnclavePhase.Member), await _node.AskAsync(call));
        Assert.IsType<Performed.Signed>(await _node.AskAsync(_grid.Approved(_grid.Sign(_key, _policy))));

        Restart();
        Assert.Equal(EnclavePhase.Member, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_restore_is_approved_and_brings_nothing()
    {
        await RollBackAsync(steps: 1);
        var call = _grid.Approved(_grid.Restore(1, (await _node.StatusAsync()).VersionedPart));
        await _node.RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [call.Approvals[0]] });
        await _node.RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [] });
        await _node.RefusesAsync(RefusalCode.InputMalformed, call with { Document = new byte[] { 1 } });
        _time.Advance(TimeSpan.FromHours(2));
        await _node.RefusesAsync(RefusalCode.RequestExpired, call);
    }

    [Fact]
    public async Task A_held_enclave_carries_out_nothing_but_its_restoring_and_its_end()
    {
        await RollBackAsync(steps: 1);
        var (created, changed) = (_grid.KeyPolicy("later"), _grid.KeyPolicy(after: _policy));
        var admins = TestGrid.Policy(KeyId.Provisioning, 1, [_grid.Admins[2]], _grid.AdminPolicy);
        var (first, next) = (TestGrid.Membership([1]), TestGrid.Membership([1, 2], TestGrid.Membership([1])));
        foreach (var call in new[]
        {
            _grid.Approved(_grid.CreateKey(created), created.ToUtf8()),
            _grid.Approved(_grid.ChangePolicy(_key, _policy, changed), changed.ToUtf8()),
            _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, admins), admins.ToUtf8()),
            _grid.Approved(_grid.ChangeMembership(next, first.Hash()), next.ToUtf8()),
            _grid.Approved(_grid.ClearAlarms(_node.Id, _key, (await _node.StatusAsync()).AlarmsHash, NodeId.Parse("2/1"))),
        })
            await _node.RefusesAsync(RefusalCode.PhaseRefused, call);

        Assert.Equal(new Performed.Moved(EnclavePhase.Retired), await _node.AskAsync(_grid.Approved(_grid.Retire(1, (await _node.StatusAsync()).DeviceKey))));
    }

    [Fact]
    public async Task A_guard_or_a_store_that_is_gone_is_missed()
    {
        await StepAsync();
        _store.Stop();
        var guard = _store.Guard;
        _store.Guard = null;
        Assert.Equal(RefusalCode.StoreVersion, _store.TryStart().Refusal?.Code);

        _store.Guard = guard;
        var kept = File.ReadAllBytes(GuardFile);
        File.WriteAllBytes(GuardFile, [.. kept[..^1], (byte)(kept[^1] ^ 1)]);
        Assert.Equal(RefusalCode.StoreTampered, _store.TryStart().Refusal?.Code);

        File.Delete(GuardFile);
        _node = _store.Start(_grid);
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);

        _store.Stop();
        File.WriteAllBytes(GuardFile, kept);
        File.Delete(_store.StoreFile);
        Assert.Equal(RefusalCode.StoreTruncated, _store.TryStart().Refusal?.Code);
    }

    [Fact]
    public async Task A_store_from_before_its_certificate_is_too_old_to_be_restored()
    {
        using var fresh = new TestStore(_time, guarded: true);
        await fresh.Start(_grid).AskAsync(_node.Provisioning());
        fresh.Stop();
        var old = File.ReadAllBytes(fresh.StoreFile);
        await fresh.Start(_grid).JoinClusterAsync(TestGrid.Membership([1]));
        fresh.Stop();
        File.WriteAllBytes(fresh.StoreFile, old);
        Assert.Equal(RefusalCode.StoreVersion, fresh.TryStart().Refusal?.Code);
    }

    private async Task RollBackAsync(int steps)
    {
        var old = File.ReadAllBytes(_store.StoreFile);
        for (var i = 0; i < steps; i++) await StepAsync();
        _store.Stop();
        File.WriteAllBytes(_store.StoreFile, old);
        _node = _store.Start(_grid);
    }

    private async Task StepAsync()
    {
        var policy = _grid.KeyPolicy($"step-{_grid.NextId().Value:N}");
        await _node.AskAsync(_grid.Approved(_grid.CreateKey(policy), policy.ToUtf8()));
    }

    private void Restart()
    {
        _store.Stop();
        _node = _store.Start(_grid);
    }
}
