namespace VaultGrid.Operations.Tests.Hardware;

/// <summary>Whole grids whose enclaves rest on tokens and TPMs, emulated.</summary>
public sealed class AdapterGridTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LocalAdapter.Pkcs11)]
    [InlineData(LocalAdapter.Tpm)]
    public async Task A_grid_on_hardware_signs_and_its_nodes_come_back_from_a_kill(LocalAdapter adapter)
    {
        SkipWithout(adapter);
        await using var grid = await LocalVaultGrid.BringUpAsync(
            new LocalGridOptions { Nodes = 2, Adapter = adapter }, KeyId.Parse("treasury"), TimeProvider.System, Token);
        foreach (var node in grid.Nodes)
            Assert.Equal(Name(adapter), (await grid.Client.GetNodeAsync(node.Id, Token)).Value.Adapter);

        var key = (await grid.Client.GetKeyAsync(new ClusterId(1), KeyId.Parse("treasury"), Token)).Value;
        await grid.Node(NodeId.Parse("1/1")).Process.KillAsync();
        await grid.RestartAsync(NodeId.Parse("1/1"), Token);
        await grid.Node(NodeId.Parse("1/2")).Process.KillAsync();
        var request = grid.Requests.Sign(key, DerivationPath.Parse("m/84'/0'/0'/0/0").Value, new SigningSubject.Digest(Hash256.Sha256("x"u8)), "after a kill");
        Assert.Equal("done", (await grid.Requests.DoAsync(request, null, 2, Token)).State);
    }

    [Theory]
    [InlineData(LocalAdapter.Software, "tpm")]
    [InlineData(LocalAdapter.Pkcs11, "software")]
    public async Task An_enclave_on_another_adapter_refuses_to_be_provisioned_and_makes_nothing(LocalAdapter adapter, string wanted)
    {
        SkipWithout(adapter);
        await using var grid = LocalVaultGrid.Prepare(new LocalGridOptions { Nodes = 1, Adapter = adapter }, TimeProvider.System);
        await grid.StartAsync(Token);
        var node = NodeId.Parse("1/1");
        var provisioning = new NodeProvisioning("p256", grid.Ceremony.Root.Der, [grid.Ceremony.AdminsPolicy.ToUtf8()], wanted);
        var refusal = (await grid.Client.ProvisionNodeAsync(node, provisioning, Token)).Refusal;
        Assert.Equal(RefusalCode.NodeAdapter, refusal?.Code);
        Assert.Contains($"'{Name(adapter)}', not on '{wanted}'", refusal!.Detail, StringComparison.Ordinal);
        Assert.Equal("unprovisioned", (await grid.Client.GetNodeAsync(node, Token)).Value.Phase);

        Assert.Equal(RefusalCode.InputUnsupported, (await grid.Client.ProvisionNodeAsync(node, provisioning with { Adapter = "quantum" }, Token)).Refusal?.Code);
        Assert.Null((await grid.Client.ProvisionNodeAsync(node, provisioning with { Adapter = Name(adapter) }, Token)).Refusal);
    }

    private static string Name(LocalAdapter adapter) => adapter.ToString().ToLowerInvariant();

    private static void SkipWithout(LocalAdapter adapter)
    {
        if (adapter == LocalAdapter.Pkcs11) Assert.SkipWhen(VaultGrid.Testing.Hardware.SoftHsm.Module is null, "SoftHSM2 is not installed (package softhsm2)");
        if (adapter == LocalAdapter.Tpm) Assert.SkipUnless(VaultGrid.Testing.Hardware.SoftTpm.IsInstalled, "swtpm is not installed (packages swtpm and tpm2-tools)");
    }
}
