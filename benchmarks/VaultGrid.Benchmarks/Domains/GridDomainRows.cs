using System.Diagnostics;
using VaultGrid.Enclave.Contracts;
using DomainAnswer = VaultGrid.Client.DomainAnswer;

namespace VaultGrid.Benchmarks;

/// <summary>Domains the whole way: grains in this process, three enclaves, the silo's database.</summary>
internal static class GridDomainRows
{
    private const int Callers64 = 64;

    public static async Task MeasureAsync(Report report, Effort effort, DomainSite site, CancellationToken cancellationToken)
    {
        Progress.Say("the silo moves into this process");
        await site.MoveSiloInsideAsync(cancellationToken);
        var trust = await site.FileAsync(null, 3, cancellationToken);
        var count = effort.Count(10_000);
        Progress.Say($"making {count:N0} Domains in the grid");
        var clients = site.Clients(count);
        var keys = new DomainKeys[count];
        await Callers.RunAsync(Callers64, count, async at =>
        {
            var answer = await AskAsync(site, clients[at].Id, Of(clients[at].Create(MasterKeyKind.Aes256, trust)), cancellationToken);
            keys[at] = Domain.Parse(answer.Domain!.Value.Span, site.Certificates).Value.Keys;
        });

        await DecryptAsync(report, effort, site, trust, clients, keys, cancellationToken);
        await RotateAsync(report, effort, site, trust, count, cancellationToken);
    }

    private static async Task DecryptAsync(
        Report report, Effort effort, DomainSite site, Trust trust, List<DomainCaller> clients, DomainKeys[] keys, CancellationToken cancellationToken)
    {
        var offer = await site.SessionKeyAsync(trust, cancellationToken);
        var part = FileHeader.NewStreamPart();
        var headers = new FileHeader[Math.Min(keys.Length, 1000)];
        await Callers.RunAsync(Callers64, headers.Length, async at =>
        {
            var answer = await AskAsync(site, clients[at].Id, Of(clients[at].Encrypt(keys[at], part, offer), new NodeId(new ClusterId(1), 1)), cancellationToken);
            headers[at] = FileHeader.Create(part, clients[at].Id.Value, answer.Master, answer.Result!.Value.Span).Value;
        });

        List<double> bounds = [], rates = [];
        var operations = new[] { DomainCrypto.Decrypting(), DomainCrypto.Decrypting() };
        for (var round = 0; round <= effort.Rounds; round++)
        {
            var bound = Rate.Round(operations, effort.Round, out _);
            var calls = new (DomainId Id, DomainCall Call)[effort.Count(4000)];
            Parallel.For(0, calls.Length, at =>
            {
                var place = at % headers.Length;
                calls[at] = (clients[place].Id, Of(clients[place].Decrypt(keys[place], headers[place])));
            });
            var rate = (await Callers.RunAsync(Callers64, calls.Length, at => AskAsync(site, calls[at].Id, calls[at].Call, cancellationToken))).PerSecond;
            if (round == 0) continue;
            bounds.Add(bound);
            rates.Add(rate);
        }

        const string Peer = "cryptography alone of a Domain decryption, both cores, beside the grid";
        report.Add(Peer, "1/s", Sample.Of(bounds));
        report.Add("Domain decryption in the grid, 64 callers", "1/s", Sample.Of(rates), Peer);
    }

    private static async Task RotateAsync(Report report, Effort effort, DomainSite site, Trust trust, int count, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        for (var round = 0; round < Math.Min(3, effort.Rounds); round++)
        {
            var started = Stopwatch.GetTimestamp();
            trust = await site.FileAsync(trust, 3, cancellationToken);
            while ((await site.Grains.GetRewrapAsync(trust.Body.Id, cancellationToken)).Value is not { State: "done" } rewrap || rewrap.Trust != trust.Hash)
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        report.Add($"rotation of {count:N0} Domains over 3 HSMs, in the grid", "ms", Sample.Of(took));
    }

    private static async Task<DomainAnswer> AskAsync(DomainSite site, DomainId id, DomainCall call, CancellationToken cancellationToken) =>
        (await site.Grains.CallDomainAsync(id, call, cancellationToken)).Is(out var answer, out var refusal) ? answer : throw new BenchmarkException($"a Domain was not used: {refusal}");

    private static DomainCall Of(UseDomainCall call, NodeId? node = null) => new(call.Call.Body, call.Call.Certificate, call.Call.Signature, call.Parameters, node);

    private static DomainCall Of(CreateDomainCall call) => new(call.Call.Body, call.Call.Certificate, call.Call.Signature, call.Parameters);
}
