using VaultGrid.Testing.Hardware;

namespace VaultGrid.Enclave.Tests;

/// <summary>An older store under a TPM's counter: noticed, held, restored only by an approved request.</summary>
public sealed class TpmRollbackTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("vg-");
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));
    private SoftTpm _tpm = null!;
    private EnclaveCore? _core;
    private TestNode _node = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    private string StoreFile => Path.Combine(_root.FullName, "store", "store.sealed");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SoftTpm.IsInstalled, "swtpm is not installed (packages swtpm and tpm2-tools)");
        _tpm = new SoftTpm();
        Start();
        await _node.JoinClusterAsync(TestGrid.Membership([1]));
        (_key, _policy) = await _node.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        _tpm?.Dispose();
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_store_that_was_not_rolled_back_goes_on_also_after_the_power_was_off()
    {
        var before = await _node.StatusAsync();
        Stop();
        _tpm.Restart();
        Start();
        Statuses.Same(before, await _node.StatusAsync());
        Assert.IsType<Performed.Signed>(await _node.AskAsync(_grid.Approved(_grid.Sign(_key, _policy))));
    }

    [Fact]
    public async Task A_rolled_back_store_is_held_until_a_restore_is_approved()
    {
        var old = File.ReadAllBytes(StoreFile);
        await StepAsync();
        await StepAsync();
        PutBack(old);

        var held = await _node.StatusAsync();
        Assert.Equal(EnclavePhase.Held, held.Phase);
        await _node.RefusesAsync(RefusalCode.PhaseRefused, _grid.Approved(_grid.Sign(_key, _policy)));

        Assert.Equal(new Performed.Moved(EnclavePhase.Member), await _node.AskAsync(_grid.Approved(_grid.Restore(1, held.VersionedPart))));
        Stop();
        Start();
        Assert.Equal(EnclavePhase.Member, (await _node.StatusAsync()).Phase);
        Assert.IsType<Performed.Signed>(await _node.AskAsync(_grid.Approved(_grid.Sign(_key, _policy))));

        // The same old store again is as old as before.
        PutBack(old);
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task One_step_back_is_held_too()
    {
        var old = File.ReadAllBytes(StoreFile);
        await StepAsync();
        PutBack(old);
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_crash_between_store_and_counter_is_no_rollback()
    {
        // The store with version v + 1 while the counter stands at v: what a crash between the two leaves. A copy of the TPM's state takes the counter back.
        Stop();
        var state = _tpm.State;
        Start();
        await StepAsync();
        Stop();
        _tpm.State = state;
        Start();
        Assert.Equal(EnclavePhase.Member, (await _node.StatusAsync()).Phase);

        // It caught up: what was there before that step is old now.
        Stop();
        Start();
        Assert.Equal(EnclavePhase.Member, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_counter_that_was_deleted_does_not_make_an_old_store_new()
    {
        var old = File.ReadAllBytes(StoreFile);
        await StepAsync();
        Stop();
        _tpm.Undefine(TpmCounter.Usual);
        File.WriteAllBytes(StoreFile, old);
        Start();
        Assert.Equal(EnclavePhase.Held, (await _node.StatusAsync()).Phase);
    }

    [Fact]
    public void A_base_that_was_changed_in_the_head_opens_nothing()
    {
        Stop();
        var file = File.ReadAllBytes(StoreFile);
        var header = StoreHeader.Read(file, out var size).Value;
        var parameters = TpmParameters.Read(header.Parameters.Span).Value;
        var forged = header with { Parameters = (parameters with { Base = parameters.Base - 1 }).ToBytes() };
        File.WriteAllBytes(StoreFile, [.. forged.ToBytes(), .. file[size..]]);
        Assert.Equal(RefusalCode.StoreTampered, Compose().Refusal?.Code);
    }

    [Fact]
    public void An_index_that_was_swapped_for_an_ordinary_one_is_refused()
    {
        Stop();
        _tpm.Undefine(TpmCounter.Usual);
        _tpm.DefineOrdinary(TpmCounter.Usual);
        Assert.Contains("in use for something else", Compose().Refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_register_keeps_the_store_sealed()
    {
        Stop();
        _tpm.Extend(7);
        var refusal = Compose().Refusal;
        Assert.Equal(RefusalCode.StoreSealed, refusal?.Code);
        Assert.Contains("other values of PCR 0,7", refusal?.Detail, StringComparison.Ordinal);
    }

    private void PutBack(byte[] old)
    {
        Stop();
        File.WriteAllBytes(StoreFile, old);
        Start();
    }

    private async Task StepAsync()
    {
        var policy = _grid.KeyPolicy($"step-{_grid.NextId().Value:N}");
        await _node.AskAsync(_grid.Approved(_grid.CreateKey(policy), policy.ToUtf8()));
    }

    private Outcome<EnclaveCore> Compose() => EnclaveHost.Compose(new EnclaveOptions
    {
        Store = Path.Combine(_root.FullName, "store"),
        Socket = Path.Combine(_root.FullName, "socket"),
        Adapter = AdapterKind.Tpm,
        TpmTcti = _tpm.Tcti,
        TpmPcrs = TpmPcrs.Parse("0,7"),
    });

    private void Start()
    {
        _core = Compose().Value;
        _node = new TestNode(_grid, NodeId.Parse("1/1"), new CorePort(_core));
    }

    private void Stop()
    {
        _core?.Dispose();
        _core = null;
    }
}
