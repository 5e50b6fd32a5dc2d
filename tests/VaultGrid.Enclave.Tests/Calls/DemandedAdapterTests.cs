namespace VaultGrid.Enclave.Tests;

/// <summary>Provisioning that demands an adapter.</summary>
public sealed class DemandedAdapterTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Another_adapter_is_refused_and_nothing_is_made()
    {
        var node = _store.Start(_grid);
        await node.RefusesAsync(RefusalCode.NodeAdapter, node.Provisioning() with { Adapter = "tpm" });
        Assert.Equal(EnclavePhase.Unprovisioned, (await node.StatusAsync()).Phase);
        _ = await node.AskAsync(node.Provisioning() with { Adapter = "software" });
    }

    [Fact]
    public async Task An_adapter_that_there_is_not_can_not_be_read()
    {
        var node = _store.Start(_grid);
        await node.RefusesAsync(RefusalCode.InputMalformed, node.Provisioning() with { Adapter = "quantum" });
        await node.RefusesAsync(RefusalCode.InputMalformed, node.Provisioning() with { Adapter = "" });
    }

    [Fact]
    public void A_call_that_demands_none_is_written_as_it_always_was()
    {
        var call = new ProvisionCall(NodeId.Parse("1/2"), DeviceKeyAlgorithm.P256, new byte[] { 1 }, [new byte[] { 2, 3 }]);
        var (any, tpm) = (new WireWriter(), new WireWriter());
        call.Write(any);
        (call with { Adapter = "tpm" }).Write(tpm);
        Assert.Equal("0000000100000002010000000101000000010000000202" + "03", Convert.ToHexStringLower(any.Written));
        Assert.Equal([.. any.Written.ToArray(), 0, 0, 0, 3, .. "tpm"u8.ToArray()], tpm.Written.ToArray());
        var reader = new WireReader(tpm.Written);
        Assert.Equal("tpm", ProvisionCall.Read(ref reader).Adapter);
        Assert.True(reader.End("it", out _));
    }
}
