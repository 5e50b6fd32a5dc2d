using VaultGrid.Testing.Hardware;

namespace VaultGrid.Enclave.Tests;

/// <summary>A whole enclave on a PKCS#11 token, as its own process.</summary>
public sealed class Pkcs11ProcessTests : IAsyncLifetime
{
    private readonly EnclaveProcess _enclave = new();
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(SoftHsm.Module is null, "SoftHSM2 is not installed (package softhsm2)");
        _enclave.Variables = new Dictionary<string, string> { ["SOFTHSM2_CONF"] = SoftHsm.Instance.Configuration };
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _enclave.DisposeAsync();

    [Theory]
    [InlineData(DeviceKeyAlgorithm.P256)]
    [InlineData(DeviceKeyAlgorithm.Rsa3072)]
    public async Task It_serves_a_cluster_and_comes_back_after_a_kill(DeviceKeyAlgorithm algorithm)
    {
        _enclave.Adapter = Adapter("vault");
        await _enclave.StartAsync();
        var node = new TestNode(_grid, NodeId.Parse("1/1"), _enclave.Connection);
        await node.JoinClusterAsync(TestGrid.Membership([1]), algorithm);
        var (key, policy) = await node.CreateKeyAsync();
        Assert.IsType<Performed.Signed>(await node.AskAsync(_grid.Approved(_grid.Sign(key, policy))));

        await _enclave.KillAsync();
        await _enclave.StartAsync();
        var status = await node.StatusAsync();
        Assert.Equal(EnclavePhase.Member, status.Phase);
        Assert.IsType<Performed.Signed>(await node.AskAsync(_grid.Approved(_grid.Sign(key, policy))));
    }

    [Fact]
    public async Task A_store_stays_with_its_token_and_its_adapter()
    {
        _enclave.Adapter = Adapter("vault");
        await _enclave.StartAsync();
        await new TestNode(_grid, NodeId.Parse("1/1"), _enclave.Connection).CertifyAsync();
        await _enclave.StopAsync();

        _enclave.Adapter = Adapter("other");
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
        await _enclave.SaidAsync("store.sealed: the token 'other' does not hold the key that sealed the store");

        _enclave.Adapter = null;
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
        await _enclave.SaidAsync("store.sealed: the store is sealed by the adapter 'pkcs11', not by 'software'");

        _enclave.Adapter = Adapter("vault");
        await _enclave.StartAsync();
    }

    [Fact]
    public async Task A_wrong_pin_is_one_clear_line_without_the_pin()
    {
        _enclave.Adapter = Adapter("guessed", "not-the-pin");
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
        await _enclave.SaidAsync("CKR_PIN_INCORRECT");
        Assert.Single(_enclave.Log.Split('\n'));
        Assert.DoesNotContain("not-the-pin", _enclave.Log, StringComparison.Ordinal);
    }

    private static string[] Adapter(string token, string pin = SoftHsm.Pin) =>
        ["--adapter", "pkcs11", "--pkcs11-module", SoftHsm.Module!, "--pkcs11-token", token, "--pkcs11-pin-file", SoftHsm.Instance.PinFile(pin), "--writable", SoftHsm.Instance.Tokens];
}
