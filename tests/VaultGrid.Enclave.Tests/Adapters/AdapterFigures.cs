using System.Diagnostics;
using VaultGrid.Testing.Hardware;

namespace VaultGrid.Enclave.Tests;

/// <summary>Measures adapters, when asked for (<c>-explicit only</c>): figures of docs/adapters.md, never a verdict.</summary>
public sealed class AdapterFigures(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public void Adapters_seal_open_and_sign()
    {
        using (var software = new SoftwareAdapter(KeyFileSecret.Read(SecretFiles.Write(new byte[32])).Value)) Measure("software", software);
        using (var token = Pkcs11Adapter.Open(SoftHsm.Module!, "vault", SoftHsm.Instance.PinFile()).Value) Measure("SoftHSM2", token);
        using var chip = new SoftTpm();
        using var tpm = TpmAdapter.Open(chip.Tcti, TpmPcrs.Parse("7")!.Value, TpmCounter.Usual).Value;
        Measure("swtpm", tpm);
        Measure("swtpm", "raise the counter", 50, () => tpm.Counter.Increment());
    }

    private void Measure(string name, IVaultAdapter adapter)
    {
        var parameters = adapter.NewParameters();
        Measure(name, "seal a new key", 20, () => adapter.NewParameters());
        Measure(name, "open the sealing key", 50, () => adapter.SealingKey(parameters).Value.Dispose());
        foreach (var algorithm in Enum.GetValues<DeviceKeyAlgorithm>())
        {
            using var handle = adapter.CreateDeviceKey(algorithm);
            using var key = adapter.OpenDeviceKey(algorithm, handle).Value;
            Measure(name, $"sign and verify, {algorithm}", 300, () => key.Sign("statement"u8));
        }
    }

    private void Measure(string name, string what, int count, Action work)
    {
        work();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++) work();
        output.WriteLine($"{name}: {what}: {clock.Elapsed.TotalMicroseconds / count:F0} us");
    }
}
