using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Benchmarks;

/// <summary>Approved signatures at one enclave's own door, 64 in flight.</summary>
internal static class OneEnclave
{
    private const int Callers64 = 64;

    /// <summary>So many signatures; how many per second.</summary>
    public static async Task<double> SignAsync(ApprovedRequest[] requests, IEnclavePort enclave, CancellationToken cancellationToken) =>
        (await Callers.RunAsync(Callers64, requests.Length, at => requests[at].SignAsync(enclave, cancellationToken))).PerSecond;
}
