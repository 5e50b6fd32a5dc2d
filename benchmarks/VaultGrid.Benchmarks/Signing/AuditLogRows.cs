using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Benchmarks;

/// <summary>
/// What a signature costs by how long the enclave's audit log is: the first rows when the grid is new, the others when everything else was measured, and the log is as
/// long as they say. The processor time of the enclave says most: it hardly depends on what else the machine does.
/// </summary>
internal sealed class AuditLogRows(SigningGrid grid)
{
    private const int Short = 1000;
    private const int Long = 200_000;
    private const int Signatures = 2000;
    private const int AtOnce = 20_000;

    private string _short = "";

    /// <summary>The rows of a short log.</summary>
    public async Task BeginAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        _short = Name(effort.Count(Short));
        await MeasureAsync(report, effort, effort.Count(Short), null, cancellationToken);
    }

    /// <summary>The rows of a long one.</summary>
    public Task EndAsync(Report report, Effort effort, CancellationToken cancellationToken) => MeasureAsync(report, effort, effort.Count(Long), _short, cancellationToken);

    private static string Name(int entries) => $"approved signature in one enclave, audit log of {entries:N0} entries";

    private static string Time(string name) => $"{name}: processor time in the enclave";

    private static string Path(int at) => $"m/44'/60'/0'/0/{at}";

    private async Task MeasureAsync(Report report, Effort effort, int entries, string? peer, CancellationToken cancellationToken)
    {
        await using var enclave = grid.Enclave();
        Progress.Say($"an audit log of {entries:N0} entries");
        await FillAsync(enclave, entries, cancellationToken);
        List<double> rates = [], used = [];
        for (var round = 0; round <= effort.Rounds; round++)
        {
            var requests = grid.Factory.Make(effort.Count(Signatures), Path);
            var before = grid.EnclaveTime();
            var rate = await OneEnclave.SignAsync(requests, enclave, cancellationToken);
            if (round == 0) continue;
            rates.Add(rate);
            used.Add((grid.EnclaveTime() - before).TotalMicroseconds / requests.Length);
        }

        report.Add(Name(entries), "1/s", Sample.Of(rates), peer);
        report.Add(Time(Name(entries)), "us", Sample.Of(used), peer is null ? null : Time(peer));
    }

    private async Task FillAsync(EnclaveConnection enclave, int entries, CancellationToken cancellationToken)
    {
        for (var lacks = entries - await LengthAsync(enclave, cancellationToken); lacks > 0; lacks -= AtOnce)
            await OneEnclave.SignAsync(grid.Factory.Make((int)Math.Min(lacks, AtOnce), Path), enclave, cancellationToken);
    }

    private static async Task<long> LengthAsync(EnclaveConnection enclave, CancellationToken cancellationToken)
    {
        var outcome = await enclave.AskAsync(new AuditHeadCall(RandomNumberGenerator.GetBytes(AuditHead.ShortestNonce)), cancellationToken);
        if (!outcome.Is(out var head, out var refusal)) throw new BenchmarkException($"an enclave did not say how long its log is: {refusal}");
        return (long)AuditHead.Parse(head.Statement.Span).Value.Number;
    }
}
