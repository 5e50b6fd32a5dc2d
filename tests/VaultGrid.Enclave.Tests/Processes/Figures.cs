using System.Diagnostics;

namespace VaultGrid.Enclave.Tests;

/// <summary>Measures, when asked for (<c>-explicit only</c>): figures of the README, never a verdict.</summary>
public sealed class Figures(ProcessGrid grid, ITestOutputHelper output) : IClassFixture<ProcessGrid>
{
    [Fact(Explicit = true)]
    public async Task Round_trips_signatures_and_copies()
    {
        await Bare();
        await Measure("ping, 1 in flight", 1, 20_000, () => grid.One.AskAsync(new PingCall()));
        await Measure("ping, 64 in flight", 64, 200_000, () => grid.One.AskAsync(new PingCall()));
        await Measure("status, 1 in flight", 1, 5_000, () => grid.One.AskAsync(new StatusCall()));

        var calls = Enumerable.Range(0, 6000).Select(i => grid.Grid.Approved(
            grid.Grid.Sign(grid.Key, grid.Policy, new SigningSubject.Digest(Hash256.Sha256(BitConverter.GetBytes(i))), $"m/44'/60'/{i % 3}'/0/{i}"))).ToArray();
        var next = -1;
        await Measure("sign, 2 of 3 approve, 1 in flight", 1, 2000, () => grid.One.AskAsync(calls[Interlocked.Increment(ref next)]));
        await Measure("sign, 2 of 3 approve, 64 in flight", 64, 3900, () => grid.One.AskAsync(calls[Interlocked.Increment(ref next)]));
        await Measure("duplication (join, release, accept)", 1, 50, () => grid.Three.CopyKeyAsync(grid.One));
    }


    // What one signature costs without an enclave: two approvals verified, one derivation step, one verified signature, on as many threads as there are cores.
    private async Task Bare()
    {
        var call = grid.Grid.Approved(grid.Grid.Sign(grid.Key, grid.Policy));
        var statement = ApprovalStatement.For(RequestDocument.Parse(call.Request.Span).Value.Hash);
        var approvals = call.Approvals.Select(approval => (VaultGrid.Model.Certificates.RoleCertificate.Parse(approval.Certificate.Span).Value.Key, approval.Signature)).ToArray();
        using var seed = SecretBytes.Random(32);
        using var root = ExtendedPrivateKey.FromSeed(seed).Value;
        var digest = Hash256.Sha256([1]);
        await Measure("bare cryptography of one signature, all cores", Environment.ProcessorCount, 4000, () => Task.Run(() =>
        {
            foreach (var (key, signature) in approvals) Assert.True(key.VerifiesStatement(statement, signature.Span));
            using var account = root.Derive(5).Value;
            account.PrivateKey.Sign(digest.AsSpan());
        }));
    }

    private async Task Measure(string what, int inFlight, int count, Func<Task> call)
    {
        for (var i = 0; i < Math.Min(50, count / 20); i++) await call();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (var i = 0; i < count / inFlight; i++) await call();
        }));
        var each = clock.Elapsed / count;
        output.WriteLine($"{what}: {each.TotalMicroseconds:F1} us each, {1 / each.TotalSeconds:F0}/s");
    }
}
