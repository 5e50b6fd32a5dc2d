using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Client.Grains;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Benchmarks;

/// <summary>One cluster of three nodes, each an enclave process, with operators and clients; Trusts of any size, whose other HSMs have certificates and keys and no machine.</summary>
internal sealed class DomainSite : IAsyncDisposable
{
    private const int Quorum = 3;

    private const string Caller = "vaultgrid://client/local";

    private readonly LocalVaultGrid _grid;
    private readonly List<(RoleCertificate Certificate, SigningKey Key)> _operators;
    private readonly List<TrustHsm> _absent = [];
    private uint _clients;
    private WebApplication? _silo;

    private DomainSite(LocalVaultGrid grid)
    {
        _grid = grid;
        _operators = [.. Enumerable.Range(1, 5).Select(number => grid.Ceremony.Certify(CertificateIdentity.Operator((uint)number)))];
        Enclaves = [.. grid.Nodes.Select(node => new EnclaveConnection(node.Socket))];
    }

    /// <summary>The nodes' enclaves.</summary>
    public IReadOnlyList<EnclaveConnection> Enclaves { get; }

    /// <summary>The grid through its grains, in this process.</summary>
    public ITrustGrid Grains { get; private set; } = null!;

    /// <summary>Processor time that the first enclave has used.</summary>
    public TimeSpan EnclaveTime()
    {
        using var running = Process.GetProcessById(_grid.Nodes[0].Process.Id);
        return running.TotalProcessorTime;
    }

    public CertificateCache Certificates { get; } = new();

    public static async Task<DomainSite> BringUpAsync(CancellationToken cancellationToken) => new(
        await LocalVaultGrid.BringUpAsync(new LocalGridOptions { StepTimeout = TimeSpan.FromMinutes(2) }, null, TimeProvider.System, cancellationToken));

    /// <summary>A new chain's first Trust, over the three nodes and so many HSMs that only have certificates; known to the three.</summary>
    public async Task<Trust> BeginAsync(int hsms, CancellationToken cancellationToken)
    {
        var id = TrustId.FromRandom(RandomNumberGenerator.GetBytes(16));
        return await SealAsync(null, id, [.. await EntriesAsync(id, 3, cancellationToken), .. Absent(id, hsms - 3)], cancellationToken);
    }

    /// <summary>The successor of a Trust, over the first so many nodes.</summary>
    public async Task<Trust> SucceedAsync(Trust before, int nodes, CancellationToken cancellationToken) =>
        await SealAsync(before, before.Body.Id, await EntriesAsync(before.Body.Id, nodes, cancellationToken), cancellationToken);

    /// <summary>Starts the silo anew in this process, on the same state.</summary>
    public async Task MoveSiloInsideAsync(CancellationToken cancellationToken)
    {
        await _grid.Silo.DisposeAsync();
        _silo = SiloHost.Build(Path.Combine(_grid.Directory, "silo", "silo.json"), new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning" });
        await _silo.StartAsync(cancellationToken);
        Grains = GrainVaultGrid.For(_silo.Services.GetRequiredService<IGrainFactory>(), Caller).Trusts;
    }

    /// <summary>A Trust over the first so many nodes, filed and sealed through the grains.</summary>
    public async Task<Trust> FileAsync(Trust? before, int nodes, CancellationToken cancellationToken)
    {
        var id = before?.Body.Id ?? TrustId.FromRandom(RandomNumberGenerator.GetBytes(16));
        var signed = Signed(before, id, await EntriesAsync(id, nodes, cancellationToken));
        _ = (await Grains.FileTrustAsync(new TrustSubmission(signed.ToBytes()), cancellationToken)).Value;
        var status = (await Grains.SealTrustAsync(signed.Hash, new TrustSealing(), cancellationToken)).Value;
        return Trust.Parse(status.Document!.Value.Span, Certificates).Value;
    }

    /// <summary>Clients with all claims to so many Domains, each certificate to as many as it may name.</summary>
    public List<DomainCaller> Clients(int domains)
    {
        var ids = Enumerable.Range(0, domains).Select(_ => DomainId.FromRandom(RandomNumberGenerator.GetBytes(16))).ToArray();
        return [.. ids.Chunk(ClientClaims.Limit).SelectMany(Chunk)];

        IEnumerable<DomainCaller> Chunk(DomainId[] some)
        {
            var claims = ClientClaims.Of(some.Select(id => new DomainClaim(id, DomainOperations.All))).Value;
            var (certificate, key) = _grid.Ceremony.Certify(CertificateIdentity.Client($"bench-{++_clients}").Value, claims);
            return some.Select(id => new DomainCaller(id, certificate, key));
        }
    }

    /// <summary>The first enclave's session key.</summary>
    public async Task<SessionKeyOffer> SessionKeyAsync(Trust trust, CancellationToken cancellationToken)
    {
        var said = (await Enclaves[0].AskAsync(new SessionKeyCall(), cancellationToken)).Value;
        return SessionKeyOffer.Check(said.Statement.Span, said.Certificate.Span, said.Signature.Span, trust.Body, TimeProvider.System.GetUtcNow()).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var enclave in Enclaves) await enclave.DisposeAsync();
        if (_silo is not null)
        {
            await _silo.StopAsync();
            await _silo.DisposeAsync();
        }

        await _grid.DisposeAsync();
    }

    private async Task<Trust> SealAsync(Trust? before, TrustId id, IEnumerable<TrustHsm> hsms, CancellationToken cancellationToken)
    {
        var signed = Signed(before, id, hsms);
        var document = (await Enclaves[0].AskAsync(new SealTrustCall(signed.ToBytes(), [], []), cancellationToken)).Value;
        foreach (var enclave in Enclaves) _ = (await enclave.AskAsync(new LearnTrustsCall([document]), cancellationToken)).Value;
        return Trust.Parse(document.Span, Certificates).Value;
    }

    private Trust Signed(Trust? before, TrustId id, IEnumerable<TrustHsm> hsms)
    {
        var body = TrustBody.Create(before?.Body, id, hsms, _operators.Select(one => one.Certificate), Quorum).Value;
        var statement = OperatorSignature.Statement(body.Hash);
        return _operators.Take(Quorum).Aggregate(
            Trust.Of(body), (trust, one) => trust.With(new OperatorSignature(one.Certificate, one.Key.SignStatement(statement))).Value);
    }

    private async Task<List<TrustHsm>> EntriesAsync(TrustId id, int nodes, CancellationToken cancellationToken)
    {
        var entries = new List<TrustHsm>();
        foreach (var enclave in Enclaves.Take(nodes))
            entries.Add(TrustHsm.Parse((await enclave.AskAsync(new ChainKeyCall(id, WrapKeyKind.P256), cancellationToken)).Value.Span, Certificates).Value);
        return entries;
    }

    private IEnumerable<TrustHsm> Absent(TrustId id, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var key = SigningKey.Generate(SigningKeyKind.P256);
            var node = new NodeId(new ClusterId(1), (uint)(100 + _absent.Count));
            var pins = _grid.Ceremony.AdminsPolicy.Hash().ToArray();
            var statement = DeviceRequest.Statement(node, key.Public, pins);
            var issued = _grid.Ceremony.Certify(DeviceRequest.Assemble(statement, key.Public, key.SignStatement(statement)), node).Value;
            using var wrapKey = WrapKey.Generate(WrapKeyKind.P256);
            var entry = new TrustHsm(issued.Certificate, wrapKey.Public, key.SignStatement(TrustHsm.Statement(id, key.Public, wrapKey.Public)));
            _absent.Add(entry);
            yield return entry;
        }
    }
}
