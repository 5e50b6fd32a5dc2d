using System.Diagnostics.Metrics;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

/// <summary>What is measured at the boundary.</summary>
internal sealed class EnclaveInstruments
{
    private readonly Histogram<double> _calls;

    public EnclaveInstruments(IMeterFactory meters) =>
        _calls = meters.Create("VaultGrid.Enclaves").CreateHistogram<double>("vaultgrid.enclave.call.duration", "s", "How long enclaves took to answer.");

    public void OnCall(byte kind, RefusalCode? refusal, TimeSpan elapsed) => _calls.Record(
        elapsed.TotalSeconds,
        new KeyValuePair<string, object?>("call", ((EnclaveCallKind)kind).ToString()),
        new KeyValuePair<string, object?>("refusal", refusal?.Name()));
}
