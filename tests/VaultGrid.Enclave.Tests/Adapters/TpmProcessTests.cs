using VaultGrid.Testing.Hardware;

namespace VaultGrid.Enclave.Tests;

/// <summary>A whole enclave on a TPM, as its own process.</summary>
public sealed class TpmProcessTests : IAsyncLifetime
{
    private readonly EnclaveProcess _enclave = new();
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));
    private SoftTpm _tpm = null!;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SoftTpm.IsInstalled, "swtpm is not installed (packages swtpm and tpm2-tools)");
        _tpm = new SoftTpm();
        _enclave.Adapter = ["--adapter", "tpm", "--tpm-tcti", _tpm.Tcti, "--tpm-pcrs", "7"];
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _enclave.DisposeAsync();
        _tpm?.Dispose();
    }

    [Fact]
    public async Task It_comes_back_after_kills_without_filling_the_tpm()
    {
        await _enclave.StartAsync();
        var node = new TestNode(_grid, NodeId.Parse("1/1"), _enclave.Connection);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var (key, policy) = await node.CreateKeyAsync();

        // A TPM has room for three objects; each kill leaves two behind.
        for (var kill = 0; kill < 4; kill++)
        {
            await _enclave.KillAsync();
            await _enclave.StartAsync();
            Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
        }

        Assert.IsType<Performed.Signed>(await node.AskAsync(_grid.Approved(_grid.Sign(key, policy))));
        Assert.Equal("", _enclave.Log);
    }

    [Fact]
    public async Task A_changed_register_and_another_adapter_are_one_clear_line()
    {
        await _enclave.StartAsync();
        await new TestNode(_grid, NodeId.Parse("1/1"), _enclave.Connection).CertifyAsync();
        await _enclave.StopAsync();

        _tpm.Extend(7);
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
        await _enclave.SaidAsync("store.sealed: the store is sealed to other values of PCR 7 than they have now");
        Assert.Single(_enclave.Log.Split('\n'));

        _enclave.Adapter = null;
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
        await _enclave.SaidAsync("store.sealed: the store is sealed by the adapter 'tpm', not by 'software'");
    }
}
