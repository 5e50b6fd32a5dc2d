using VaultGrid.Client.Secrets;

namespace VaultGrid.Benchmarks;

/// <summary>Keys that nodes generate together: one caller, mean and standard deviation, the whole way through separate enclave processes; then many callers.</summary>
internal static class SharedKeyRows
{
    private static readonly int[] CallerCounts = [16, 64];

    public static async Task MeasureAsync(Report report, Effort effort, int nodes, int faulty, CancellationToken cancellationToken)
    {
        var at = $"({nodes},{faulty})";
        Progress.Say($"bringing up {nodes} nodes for keys {at}");
        BareGroupRows.Measure(report, effort, faulty + 1);
        await using var grid = await SharedKeyGrid.BringUpAsync(nodes, cancellationToken);
        var holders = grid.Keys.Holders(nodes, faulty);

        await grid.StartSiloAsync(pool: 0, cancellationToken);
        var figures = new SharedKeyFigures(grid.Keys, grid.Caller, holders);
        Task ExecuteAsync(RequestDocument request, byte[] policy) => grid.ExecuteAsync(request, policy, cancellationToken);
        Add(report, $"DKG Schnorr {at}", await figures.GenerationAsync(KeyKind.FrostSecp256k1, Generations(effort), ExecuteAsync, cancellationToken));
        Add(report, $"DKG BLS {at}", await figures.GenerationAsync(KeyKind.Bls, Generations(effort), ExecuteAsync, cancellationToken));

        var (schnorr, bls, symmetric) = (await NewKeyAsync(grid, KeyKind.FrostSecp256k1, holders, cancellationToken), await NewKeyAsync(grid, KeyKind.Bls, holders, cancellationToken),
            await NewKeyAsync(grid, KeyKind.Dise, holders, cancellationToken));
        Add(report, $"sign Schnorr {at}", await figures.SignatureAsync(schnorr, effort.Count(1000), pooled: false, cancellationToken), BareGroupRows.Schnorr(faulty + 1));
        Add(report, $"sign BLS {at}", await figures.SignatureAsync(bls, effort.Count(1000), null, cancellationToken), BareGroupRows.Bls(faulty + 1));
        Add(report, $"encrypt DiSE {at}", await figures.EncryptionAsync(symmetric, effort.Count(1000), cancellationToken), BareGroupRows.Dise(faulty + 1));
        Add(report, $"decrypt DiSE {at}", await figures.DecryptionAsync(symmetric, effort.Count(1000), cancellationToken), BareGroupRows.Dise(faulty + 1));
        if (faulty == 1)
        {
            Add(report, "validate Schnorr", await figures.ValidationAsync(schnorr, effort.Count(1000), cancellationToken));
            Add(report, "validate BLS", await figures.ValidationAsync(bls, effort.Count(1000), cancellationToken));
        }

        await ManyAsync(report, effort, grid, schnorr, $"sign Schnorr {at}", cancellationToken);
        await ManyAsync(report, effort, grid, bls, $"sign BLS {at}", cancellationToken);

        await grid.StartSiloAsync(pool: 64, cancellationToken);
        var pooled = new SharedKeyFigures(grid.Keys, grid.Caller, holders);
        Add(report, $"sign Schnorr pooled {at}", await pooled.SignatureAsync(schnorr, effort.Count(1000), pooled: true, cancellationToken), BareGroupRows.Schnorr(faulty + 1));
    }

    private static async Task<VerifiedKey> NewKeyAsync(SharedKeyGrid grid, KeyKind kind, HolderSet holders, CancellationToken cancellationToken)
    {
        var policy = grid.Keys.Policy(KeyId.Parse($"use-{kind.Name()}-{holders.Nodes.Length}"), kind);
        await grid.ExecuteAsync(grid.Keys.GenerateRequest(policy, kind, holders), policy.ToUtf8(), cancellationToken);
        var listed = await grid.Door.SharedKeys.ListAsync(new SharedKeyQuery { Name = policy.KeyId }, cancellationToken);
        return (await grid.Caller.VerifyAsync(listed.Value.Items[0].Key, cancellationToken)).Value;
    }

    private static async Task ManyAsync(Report report, Effort effort, SharedKeyGrid grid, VerifiedKey key, string name, CancellationToken cancellationToken)
    {
        var algorithm = key.Birth.Kind.Algorithm()!.Value;
        var subject = new SigningSubject.Message(algorithm, new byte[32], null);
        var (caller, parameters) = (grid.Caller, new SignParameters(subject, DerivationPath.Master));
        foreach (var callers in CallerCounts)
        {
            var rates = new List<double>();
            for (var round = 0; round <= effort.Rounds; round++)
            {
                var run = await Callers.RunAsync(callers, effort.Count(1000), async _ =>
                {
                    if (!(await caller.SignAsync(key, parameters, cancellationToken)).Is(out var _, out var refusal)) throw new BenchmarkException($"{name}: {refusal}");
                });
                if (round > 0) rates.Add(run.PerSecond);
            }

            report.Add($"{name}, {callers} callers", "1/s", Sample.Of(rates));
        }
    }

    private static int Generations(Effort effort) => Math.Max(10, (int)(200 * effort.Scale));

    private static void Add(Report report, string name, Figure figure, string? peer = null) =>
        report.Add(name, "ms", new Sample(figure.Mean, figure.Mean > 0 ? figure.Deviation / figure.Mean : 0), peer);
}
