using VaultGrid.LocalGrid;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Tests.Trusts;

/// <summary>One cluster of three nodes in processes of their own, behind a silo process and its relay, and five operators.</summary>
public sealed class TrustGridFixture : IAsyncLifetime
{
    private LocalVaultGrid? _grid;

    public LocalVaultGrid Grid => _grid ?? throw new InvalidOperationException("The grid is not up.");

    public IReadOnlyList<LocalOperator> Operators { get; private set; } = [];

    public static NodeId Node(uint index) => new(new ClusterId(1), index);

    public async ValueTask InitializeAsync()
    {
        _grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions(), null, TimeProvider.System, CancellationToken.None);
        Operators = [.. Enumerable.Range(1, 5).Select(number => _grid.Ceremony.Operator((uint)number))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var each in Operators) each.Dispose();
        if (_grid is not null) await _grid.DisposeAsync();
    }

    /// <summary>A new chain whose first Trust names these nodes and all operators, quorum three.</summary>
    public async Task<Trust> BeginAsync(CancellationToken cancellationToken, params uint[] nodes)
    {
        var chain = LocalTrusts.NewChain();
        return await Grid.Trusts.MakeAsync(LocalTrusts.Write(null, chain, await HsmsAsync(chain, nodes, cancellationToken), Operators, 3), Operators.Take(3), cancellationToken);
    }

    /// <summary>An unsigned successor with other nodes.</summary>
    public async Task<TrustBody> NextAsync(Trust before, CancellationToken cancellationToken, params uint[] nodes)
    {
        ArgumentNullException.ThrowIfNull(before);
        return LocalTrusts.Write(before.Body, before.Body.Id, await HsmsAsync(before.Body.Id, nodes, cancellationToken), Operators, 3);
    }

    /// <summary>A client that may do everything with a Domain.</summary>
    public (DomainClient Domains, VaultGridClient Client, TlsIdentity Identity) Client(params DomainId[] domains)
    {
        var claims = ClientClaims.Of(domains.Select(domain => new DomainClaim(domain, DomainOperations.All))).Value;
        var identity = Grid.Ceremony.Client($"c-{Guid.NewGuid():N}"[..12], claims);
        var client = Grid.Connect(identity, retries: 2);
        return (Grid.Domains(client, identity), client, identity);
    }

    private async Task<List<TrustHsm>> HsmsAsync(TrustId chain, uint[] nodes, CancellationToken cancellationToken)
    {
        var hsms = new List<TrustHsm>();
        foreach (var node in nodes) hsms.Add(await Grid.Trusts.HsmAsync(chain, Node(node), cancellationToken));
        return hsms;
    }
}
