using VaultGrid.Client.Secrets;

namespace VaultGrid.Benchmarks;

/// <summary>
/// Keys that nodes generate together: one caller, mean and standard deviation, the whole way through separate enclave processes; then many callers. Beside them the same
/// service with a key that each node has whole, and a software HSM.
/// </summary>
internal sealed class SharedKeyRows(Report report, Effort effort, SharedKeyGrid grid, HolderSet holders, CancellationToken cancellationToken)
{
    private const string Whole = "signature of a B key, which every node has whole, 1 caller";
    private const int KeysOnOneGrid = 250;

    private static readonly int[] CallerCounts = [16, 64];

    private readonly SharedKeyFigures _figures = new(grid.Keys, grid.Caller, holders);

    private string At => $"({holders.Nodes.Length},{holders.Faulty})";

    private BareGroupRows Bare => new(holders);

    public static async Task MeasureAsync(Report report, Effort effort, int nodes, int faulty, CancellationToken cancellationToken)
    {
        Progress.Say($"bringing up {nodes} nodes for keys ({nodes},{faulty})");
        ApprovedRequests? whole = null;
        await using var grid = await SharedKeyGrid.BringUpAsync(nodes, async made => whole = await made.WholeKeyAsync(cancellationToken), cancellationToken);
        await grid.StartSiloAsync(pool: 0, cancellationToken);
        var rows = new SharedKeyRows(report, effort, grid, grid.Keys.Holders(nodes, faulty), cancellationToken);
        rows.Bare.Measure(report, effort.Shorter);
        var keys = await rows.KeysAsync();
        await rows.UseAsync(keys);

        // After signatures: enclaves have compiled by then what both need.
        if (effort.Generations == 0) await rows.GenerateAsync();
        if (faulty == 1) await rows.WholeKeyAsync(whole!);
        await rows.ManyAsync(keys);
        await rows.PooledAsync(keys.Schnorr);
        if (faulty == 1) SharedKeySoftHsmRows.Measure(report, effort.Shorter);
        rows.Compare();
    }

    /// <summary>Generations alone, as many as <c>--full</c> asks for: a few hundred on each grid, since an enclave holds about a thousand keys.</summary>
    public static async Task GenerateOnlyAsync(Report report, Effort effort, int nodes, int faulty, CancellationToken cancellationToken)
    {
        foreach (var kind in (KeyKind[])[KeyKind.FrostSecp256k1, KeyKind.Bls])
        {
            List<double> times = [];
            while (times.Count < effort.Generations)
            {
                Progress.Say($"bringing up {nodes} nodes for keys ({nodes},{faulty}) of kind {kind.Name()}, from {times.Count} of {effort.Generations}");
                await using var grid = await SharedKeyGrid.BringUpAsync(nodes, null, cancellationToken);
                await grid.StartSiloAsync(pool: 0, cancellationToken);
                var rows = new SharedKeyRows(report, effort, grid, grid.Keys.Holders(nodes, faulty), cancellationToken);
                times.AddRange((await rows.GenerateAsync(kind, Math.Min(KeysOnOneGrid, effort.Generations - times.Count))).Times);
            }

            var all = Figure.Of(times, times.Count);
            report.Add($"DKG {NameOf(kind)} ({nodes},{faulty})", "ms", new Sample(all.Mean, all.Deviation / all.Mean));
        }
    }

    private static string NameOf(KeyKind kind) => kind == KeyKind.Bls ? "BLS" : "Schnorr";

    private async Task GenerateAsync()
    {
        foreach (var kind in (KeyKind[])[KeyKind.FrostSecp256k1, KeyKind.Bls])
            await AddAsync($"DKG {NameOf(kind)} {At}", () => GenerateAsync(kind, effort.UsualGenerations), Bare.Generation(kind));
    }

    private Task<Figure> GenerateAsync(KeyKind kind, int count) =>
        _figures.GenerationAsync(kind, count, (request, policy) => grid.Approve(request, policy, cancellationToken), cancellationToken);

    private async Task UseAsync(Keys keys)
    {
        // A silo and enclaves that were just started would be measured while their code is compiled.
        await _figures.SignatureAsync(keys.Schnorr, effort.Count(600), pooled: false, cancellationToken);
        await _figures.SignatureAsync(keys.Bls, effort.Count(100), null, cancellationToken);
        await _figures.EncryptionAsync(keys.Symmetric, effort.Count(300), cancellationToken);
        await AddAsync($"sign Schnorr {At}", () => _figures.SignatureAsync(keys.Schnorr, effort.Count(1000), pooled: false, cancellationToken), Bare.Schnorr);
        await AddAsync($"sign BLS {At}", () => _figures.SignatureAsync(keys.Bls, effort.Count(1000), null, cancellationToken), Bare.Bls);
        await AddAsync($"encrypt DiSE {At}", () => _figures.EncryptionAsync(keys.Symmetric, effort.Count(1000), cancellationToken), Bare.Dise);
        await AddAsync($"decrypt DiSE {At}", () => _figures.DecryptionAsync(keys.Symmetric, effort.Count(1000), cancellationToken), Bare.Dise);
        if (holders.Faulty != 1) return;
        Add("validate Schnorr", await _figures.ValidationAsync(keys.Schnorr, effort.Count(1000), cancellationToken), null);
        Add("validate BLS", await _figures.ValidationAsync(keys.Bls, effort.Count(1000), cancellationToken), null);
    }

    private async Task PooledAsync(VerifiedKey key)
    {
        await grid.StartSiloAsync(pool: 64, cancellationToken);
        var figures = new SharedKeyFigures(grid.Keys, grid.Caller, holders);
        // The silo has just been started, and of an operation of a millisecond it shows for thousands how much of the code is compiled for good.
        await figures.SignatureAsync(key, effort.Count(3000), pooled: true, cancellationToken);
        await AddAsync($"sign Schnorr pooled {At}", () => figures.SignatureAsync(key, effort.Count(1000), pooled: true, cancellationToken), Bare.Schnorr);
    }

    private async Task WholeKeyAsync(ApprovedRequests whole)
    {
        var requests = whole.Make(effort.Count(500), at => $"m/44'/60'/0'/0/{at % 100}");
        var run = await Callers.RunAsync(1, requests.Length, at => requests[at].SignAsync(grid.Door, cancellationToken));
        report.Add(Whole, "ms", new Sample(run.Milliseconds.Skip(20).Average(), 0));
    }

    // As many calls as take about half a second, three times, after a warm-up.
    private async Task ManyAsync(Keys keys)
    {
        await ManyAsync($"sign Schnorr {At}", () => SignAsync(keys.Schnorr));
        await ManyAsync($"sign BLS {At}", () => SignAsync(keys.Bls));
        await ManyAsync($"encrypt DiSE {At}", async () =>
        {
            using var message = SecretBytes.Random(32);
            Require(await grid.Caller.EncryptAsync(keys.Symmetric, message, cancellationToken));
        });
    }

    private async Task ManyAsync(string name, Func<Task> call)
    {
        var calls = Math.Max(64, (int)(1000 * effort.Scale / report.Value(name)!.Value));
        foreach (var callers in CallerCounts)
        {
            var rates = new List<double>();
            for (var round = 0; round <= Math.Min(3, effort.Rounds); round++)
            {
                var run = await Callers.RunAsync(callers, round == 0 ? Math.Max(callers, calls / 4) : calls, _ => call());
                if (round > 0) rates.Add(run.PerSecond);
            }

            report.Add($"{name}, {callers} callers", "1/s", Sample.Of(rates));
        }
    }

    private async Task SignAsync(VerifiedKey key)
    {
        var subject = new SigningSubject.Message(key.Birth.Kind.Algorithm()!.Value, new byte[32], null);
        Require(await grid.Caller.SignAsync(key, new SignParameters(subject, DerivationPath.Master), cancellationToken));
    }

    // The two other tables of the system that this is held against: a software HSM, and the same service without sharing.
    private void Compare()
    {
        (string Name, string Peer)[] pairs =
        [
            ($"DKG Schnorr {At}", SharedKeySoftHsmRows.Generation), ($"sign Schnorr {At}", SharedKeySoftHsmRows.Signature), ($"sign Schnorr pooled {At}", SharedKeySoftHsmRows.Signature),
            ($"encrypt DiSE {At}", SharedKeySoftHsmRows.Encryption), ($"decrypt DiSE {At}", SharedKeySoftHsmRows.Decryption), ($"sign Schnorr {At}", Whole), ($"sign Schnorr pooled {At}", Whole),
        ];
        foreach (var (name, peer) in pairs)
        {
            if (report.Value(name) is { } value) report.Add($"{name}, against {(peer == Whole ? "a B key" : "SoftHSM2")}", "ms", new Sample(value, 0), peer);
        }
    }

    private async Task<Keys> KeysAsync() => new(await NewKeyAsync(KeyKind.FrostSecp256k1), await NewKeyAsync(KeyKind.Bls), await NewKeyAsync(KeyKind.Dise));

    private async Task<VerifiedKey> NewKeyAsync(KeyKind kind)
    {
        var policy = grid.Keys.Policy(KeyId.Parse($"use-{kind.Name()}-{holders.Nodes.Length}"), kind);
        await grid.Approve(grid.Keys.GenerateRequest(policy, kind, holders), policy.ToUtf8(), cancellationToken)();
        var listed = await grid.Door.SharedKeys.ListAsync(new SharedKeyQuery { Name = policy.KeyId }, cancellationToken);
        return (await grid.Caller.VerifyAsync(listed.Value.Items[0].Key, cancellationToken)).Value;
    }

    // The time on the clock, and what all processes together used of the processor for it.
    private async Task AddAsync(string name, Func<Task<Figure>> measure, string? peer)
    {
        var (own, theirs) = (Rate.ProcessorTime(), grid.EnclaveTime());
        var figure = await measure();
        var (ownUsed, theirsUsed) = (Rate.ProcessorTime() - own, grid.EnclaveTime() - theirs);
        Add(name, figure, peer);
        report.Add($"{name}: processor time", "ms", new Sample((ownUsed + theirsUsed).TotalMilliseconds / figure.Made, 0));
        report.Add($"{name}: processor time in enclaves", "ms", new Sample(theirsUsed.TotalMilliseconds / figure.Made, 0));
    }

    private void Add(string name, Figure figure, string? peer) => report.Add(name, "ms", new Sample(figure.Mean, figure.Mean > 0 ? figure.Deviation / figure.Mean : 0), peer);

    private static void Require<T>(Outcome<T> outcome)
        where T : notnull
    {
        if (!outcome.Is(out _, out var refusal)) throw new BenchmarkException($"a call was refused: {refusal}");
    }

    private sealed record Keys(VerifiedKey Schnorr, VerifiedKey Bls, VerifiedKey Symmetric);
}
