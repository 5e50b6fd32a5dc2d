using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Benchmarks;

/// <summary>
/// What a signature costs by how many accounts there are and how deep they lie. Measured at the enclave's own door: only there does an account
/// exist, and nothing else blurs a difference.
/// </summary>
internal static class AccountRows
{
    private const int InOneAccount = 1000;
    private const string OneAccount = "approved signature in one enclave, 1 account";

    public static async Task MeasureAsync(Report report, Effort effort, SigningGrid grid, CancellationToken cancellationToken)
    {
        await using var enclave = grid.Enclave();
        var accounts = effort.Count(100_000);
        await RateAsync(report, OneAccount, null, effort, grid, enclave, _ => "m/44'/60'/0'/0/0", cancellationToken);

        Progress.Say($"{accounts:N0} accounts sign once each");
        await OneEnclave.SignAsync(grid.Factory.Make(accounts, Account), enclave, cancellationToken);
        await RateAsync(
            report, $"approved signature in one enclave, {accounts:N0} accounts", OneAccount, effort, grid, enclave,
            _ => Account(System.Security.Cryptography.RandomNumberGenerator.GetInt32(accounts)), cancellationToken);

        const string Shallow = "approved signature in one enclave, depth 1";
        await RateAsync(report, Shallow, null, effort, grid, enclave, at => $"m/{at}", cancellationToken);
        await RateAsync(report, "approved signature in one enclave, depth 10", Shallow, effort, grid, enclave, at => $"m/1/1/1/1/1/1/1/1/1/{at}", cancellationToken);
    }

    private static string Account(int at) => $"m/44'/60'/{at / InOneAccount}'/0/{at % InOneAccount}";

    private static async Task RateAsync(
        Report report, string name, string? peer, Effort effort, SigningGrid grid, IEnclavePort enclave, Func<int, string> path, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        for (var round = 0; round <= effort.Rounds; round++)
        {
            var rate = await OneEnclave.SignAsync(grid.Factory.Make(effort.Count(4000), path), enclave, cancellationToken);
            if (round > 0) rates.Add(rate);
        }

        report.Add(name, "1/s", Sample.Of(rates), peer);
    }
}
