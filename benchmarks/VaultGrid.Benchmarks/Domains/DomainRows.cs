using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Benchmarks;

/// <summary>Domains at one enclave's door: uses beside bare cryptography, and what they cost by number of Domains and size of Trust; rotation over three HSMs.</summary>
internal static class DomainRows
{
    private const int Callers64 = 64;

    public static async Task MeasureAsync(Report report, Effort effort, DomainSite site, CancellationToken cancellationToken)
    {
        Progress.Say("Trusts of 3, 30 and 100 HSMs");
        var three = await site.BeginAsync(3, cancellationToken);
        var ten = await MakeAsync(site, three, MasterKeyKind.Aes256, 10, cancellationToken);
        await UsesAsync(report, effort, site, three, ten, cancellationToken);

        const string Small = "Domain decryption in one enclave, 10 Domains";
        await DecryptAsync(report, Small, null, effort, site, ten, cancellationToken);
        foreach (var count in new[] { 1_000, 10_000 })
        {
            var many = await MakeAsync(site, three, MasterKeyKind.Aes256, effort.Count(count), cancellationToken);
            await DecryptAsync(report, $"Domain decryption in one enclave, {count:N0} Domains", Small, effort, site, many, cancellationToken);
        }

        const string Few = "Domain decryption in one enclave, Trust of 3 HSMs";
        foreach (var hsms in new[] { 3, 30, 100 })
        {
            var trust = await site.BeginAsync(hsms, cancellationToken);
            var domains = await MakeAsync(site, trust, MasterKeyKind.Aes256, 10, cancellationToken);
            await DecryptAsync(report, $"Domain decryption in one enclave, Trust of {hsms} HSMs", hsms == 3 ? null : Few, effort, site, domains, cancellationToken);
        }

        await RewrapAsync(report, effort, site, cancellationToken);
    }

    private static async Task UsesAsync(Report report, Effort effort, DomainSite site, Trust trust, Made[] domains, CancellationToken cancellationToken)
    {
        var pairs = await MakeAsync(site, trust, MasterKeyKind.EcdsaP256, 10, cancellationToken);
        var offer = await site.SessionKeyAsync(trust, cancellationToken);
        var part = FileHeader.NewStreamPart();
        await UseAsync(report, "encryption", effort, site, DomainCrypto.Encrypting, at => domains[at % domains.Length].Ask(made => made.Encrypt(part, offer)), cancellationToken);
        await UseAsync(report, "decryption", effort, site, DomainCrypto.Decrypting, at => domains[at % domains.Length].Ask(made => made.Decrypt()), cancellationToken);
        await UseAsync(report, "signature (ecdsa-p256)", effort, site, DomainCrypto.Signing, at => pairs[at % pairs.Length].Ask(made => made.Sign()), cancellationToken);
    }

    private static async Task UseAsync(
        Report report, string name, Effort effort, DomainSite site, Func<Action> bare, Func<int, Asked> call, CancellationToken cancellationToken)
    {
        List<double> bounds = [], rates = [], bareTime = [], enclaveTime = [];
        var operations = new[] { bare(), bare() };
        for (var round = 0; round <= effort.Rounds; round++)
        {
            // The bound is taken beside each round, so that both see the same machine.
            var before = Rate.ProcessorTime();
            var bound = Rate.Round(operations, effort.Round, out var done);
            var used = Rate.ProcessorTime() - before;
            var (count, enclave) = (effort.Count(4000), site.EnclaveTime());
            var rate = await RateAsync(site, count, call, cancellationToken);
            if (round == 0) continue;
            bounds.Add(bound);
            rates.Add(rate);
            bareTime.Add(used.TotalMicroseconds / done);
            enclaveTime.Add((site.EnclaveTime() - enclave).TotalMicroseconds / count);
        }

        var peer = $"cryptography alone of a Domain {name}, both cores";
        report.Add(peer, "1/s", Sample.Of(bounds));
        report.Add($"Domain {name} in one enclave, 64 callers", "1/s", Sample.Of(rates), peer);
        report.Add($"{peer}: processor time", "us", Sample.Of(bareTime));
        report.Add($"Domain {name} in one enclave: processor time", "us", Sample.Of(enclaveTime), $"{peer}: processor time");
    }

    private static async Task DecryptAsync(Report report, string name, string? peer, Effort effort, DomainSite site, Made[] domains, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        for (var round = 0; round <= effort.Rounds; round++)
        {
            var rate = await RateAsync(site, effort.Count(4000), _ => domains[RandomNumberGenerator.GetInt32(domains.Length)].Ask(made => made.Decrypt()), cancellationToken);
            if (round > 0) rates.Add(rate);
        }

        report.Add(name, "1/s", Sample.Of(rates), peer);
    }

    private static async Task<double> RateAsync(DomainSite site, int count, Func<int, Asked> call, CancellationToken cancellationToken)
    {
        // Calls are signed before the clock starts: that is the client's machine's work.
        var calls = new Asked[count];
        Parallel.For(0, count, at => calls[at] = call(at));
        return (await Callers.RunAsync(Callers64, count, async at =>
        {
            var (asked, made) = calls[at];
            var outcome = await site.Enclaves[0].AskAsync(asked, cancellationToken);

            // As a grid does: an enclave that has seen too many others since gets the document again.
            if (outcome.Refusal is { Code: RefusalCode.DomainUnknown }) outcome = await site.Enclaves[0].AskAsync(asked with { Domain = made.Document() }, cancellationToken);
            if (!outcome.Is(out _, out var refusal)) throw new BenchmarkException($"a Domain was not used: {refusal}");
        })).PerSecond;
    }

    private static async Task RewrapAsync(Report report, Effort effort, DomainSite site, CancellationToken cancellationToken)
    {
        var count = effort.Count(10_000);
        var trust = await site.BeginAsync(3, cancellationToken);
        var domains = await MakeAsync(site, trust, MasterKeyKind.Aes256, count, cancellationToken);
        var batches = domains.Select(made => (ReadOnlyMemory<byte>)made.Domain.ToBytes()).Chunk(64).ToArray();
        var seconds = new List<double>();
        for (var round = 0; round < Math.Min(3, effort.Rounds); round++)
        {
            trust = await site.SucceedAsync(trust, 3, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            await Callers.RunAsync(site.Enclaves.Count * 2, batches.Length, async at =>
            {
                var call = new RewrapDomainsCall(trust.Body.Id, trust.Hash, batches[at]);
                if (!(await site.Enclaves[at % site.Enclaves.Count].AskAsync(call, cancellationToken)).Is(out var done, out var refusal)) throw new BenchmarkException($"Domains were not re-wrapped: {refusal}");
                batches[at] = [.. done.Select(one => one is RewrappedDomain.Next next ? next.Keys : throw new BenchmarkException("a Domain was not re-wrapped"))];
            });
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        report.Add($"rotation of {count:N0} Domains over 3 HSMs, enclaves alone", "ms", Sample.Of(seconds));
    }

    private static async Task<Made[]> MakeAsync(DomainSite site, Trust trust, MasterKeyKind kind, int count, CancellationToken cancellationToken)
    {
        Progress.Say($"making {count:N0} Domains");
        var clients = site.Clients(count);
        var made = new Made[count];
        var offer = await site.SessionKeyAsync(trust, cancellationToken);
        var part = FileHeader.NewStreamPart();
        await Callers.RunAsync(Callers64, count, async at =>
        {
            var enclave = site.Enclaves[0];
            if (!(await enclave.AskAsync(clients[at].Create(kind, trust), cancellationToken)).Is(out var bytes, out var refusal)) throw new BenchmarkException($"a Domain was not made: {refusal}");
            var keys = SealedKeys.Parse(bytes.Span, site.Certificates).Value;
            made[at] = new Made(clients[at], keys, trust, null);

            // The first use brings the document along, as a grid does.
            var first = kind == MasterKeyKind.Aes256 ? clients[at].Encrypt(keys.Keys, part, offer) : clients[at].Sign(keys.Keys);
            if (!(await enclave.AskAsync(first with { Domain = made[at].Document() }, cancellationToken)).Is(out var answer, out refusal)) throw new BenchmarkException($"a Domain was not used: {refusal}");
            if (kind == MasterKeyKind.Aes256)
                made[at] = made[at] with { Header = FileHeader.Create(part, keys.Keys.Id.Value, answer.Master, answer.Result.Span).Value };
        });
        return made;
    }

    private sealed record Asked(UseDomainCall Call, Made Made);

    private sealed record Made(DomainCaller Client, SealedKeys Domain, Trust Trust, FileHeader? Header)
    {
        public Asked Ask(Func<Made, UseDomainCall> call) => new(call(this), this);

        public byte[] Document() => Domain.Under(Trust).ToBytes();

        public UseDomainCall Encrypt(byte[] part, SessionKeyOffer offer) => Client.Encrypt(Domain.Keys, part, offer);

        public UseDomainCall Decrypt() => Client.Decrypt(Domain.Keys, Header!);

        public UseDomainCall Sign() => Client.Sign(Domain.Keys);
    }
}
