using System.Collections.Concurrent;

namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>Real calls and answers: two enclaves go through a whole ceremony, and everything that passes is kept.</summary>
internal sealed class CallSeeds
{
    private readonly ConcurrentQueue<(EnclaveCallKind Kind, byte[] Body, byte[] Answer)> _passed = new();

    private CallSeeds()
    {
    }

    public static Lazy<Task<CallSeeds>> Recorded { get; } = new(RecordAsync);

    /// <summary>The bodies of calls of one kind; of a kind that wasn't called, of all.</summary>
    public IEnumerable<byte[]> Of(EnclaveCallKind kind)
    {
        var own = _passed.Where(call => call.Kind == kind).Select(call => call.Body).ToList();
        return own.Count > 0 ? own : _passed.Select(call => call.Body);
    }

    /// <summary>Everything: bodies, answers, and the documents and certificates inside.</summary>
    public IReadOnlyList<byte[]> All { get; private set; } = [];

    private static async Task<CallSeeds> RecordAsync()
    {
        var seeds = new CallSeeds();
        var grid = new TestGrid(DateTimeOffset.UtcNow.AddDays(-1));
        using var first = new TestStore();
        using var second = new TestStore();
        var one = new TestNode(grid, NodeId.Parse("1/1"), new Recorder(new CorePort(first.TryStart().Value), seeds));
        var two = new TestNode(grid, NodeId.Parse("1/2"), new Recorder(new CorePort(second.TryStart().Value), seeds));
        var members = TestGrid.Membership([1, 2]);
        await one.JoinClusterAsync(members);
        await two.JoinClusterAsync(members);
        var (key, policy) = await one.CreateKeyAsync();
        _ = await two.CopyKeyAsync(one);
        _ = await one.AskAsync(grid.Approved(grid.Sign(key, policy)));
        var next = grid.KeyPolicy(after: policy);
        _ = await one.AskAsync(grid.Approved(grid.ChangePolicy(key, policy, next), next.ToUtf8()));
        await two.AskAsync(new LearnCall(await one.AskAsync(new RecordsCall())));
        _ = await one.AskAsync(new AuditSignCall(key, "audit"u8.ToArray()));
        _ = await one.AskAsync(new DescribeKeyCall(key));
        _ = await one.AskAsync(new DeriveAccountCall(key, Crypto.DerivationPath.Parse("m/44'/60'/0'/0/0").Value));
        _ = await one.AskAsync(new SessionKeyCall());
        _ = await one.AskAsync(new WrapKeyCall(KeyId.Parse("dealt")));
        _ = await one.TryAsync(new AddAuthoritiesCall(grid.Bundle()));
        _ = await one.StatusAsync();

        await AddDomainsAsync(seeds);
        List<byte[]> documents =
        [
            [], .. grid.Authorities.Select(ca => ca.Der.ToArray()), .. grid.Admins.Select(admin => admin.Der.ToArray()), .. grid.Authorities.Select(ca => ca.List(1, grid.Start)),
            grid.Bundle(), members.ToUtf8(), policy.ToUtf8(), next.ToUtf8(), grid.AdminPolicy.ToUtf8(),
            .. seeds._passed.SelectMany(call => (byte[][])[call.Body, call.Answer]),
        ];
        foreach (var folder in (string[])["tests/VaultGrid.Model.Tests/frozen", "tests/VaultGrid.Enclave.Tests/frozen", "samples"])
            documents.AddRange(Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories).Select(File.ReadAllBytes));
        foreach (var text in (string[])["m/44'/60'/0'/0/0", "m/84'/0'/*'/0/*", "vaultgrid://cluster/1/node/2", "0x00ff", "treasury", "1/2", "2026-01-02T03:04:05Z"])
            documents.Add(System.Text.Encoding.UTF8.GetBytes(text));
        seeds.All = documents;
        return seeds;
    }

    // A chain of Trusts and a Domain: their documents, and the calls that carry them.
    private static async Task AddDomainsAsync(CallSeeds seeds)
    {
        using var grid = new DomainGrid();
        await grid.StartAsync(2);
        var trust = await grid.FirstAsync(1, 2);
        var domain = await grid.CreateAsync(1, trust);
        seeds.Add(DomainGrid.Sealing(trust), trust.ToBytes());
        seeds.Add(DomainGrid.Learning(trust), trust.Body.Bytes.ToArray());
        seeds.Add(new ChainKeyCall(grid.Chain, WrapKeyKind.P256), (await grid.EntryAsync(2)).ToBytes());
        var call = grid.Call(new DomainParameters.Sign(domain.Keys.Hash, 0, new byte[32]));
        seeds.Add(call.Use(domain), domain.ToBytes());
        seeds.Add(grid.Bootstrapping(trust), domain.Keys.Bytes.ToArray());
    }

    private void Add<TAnswer>(EnclaveCall<TAnswer> call, byte[] document)
        where TAnswer : notnull
    {
        var writer = new WireWriter();
        call.Write(writer);
        _passed.Enqueue((call.Kind, writer.ToArray(), document));
    }

    private sealed class Recorder(IEnclavePort port, CallSeeds seeds) : IEnclavePort
    {
        public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            var answer = await port.CallAsync(kind, body, cancellationToken);
            seeds._passed.Enqueue((kind, body.ToArray(), answer.Is(out var bytes, out _) ? bytes.ToArray() : []));
            return answer;
        }
    }
}
