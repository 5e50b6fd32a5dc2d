using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Operations.Tests.Faults;

/// <summary>
/// Follows every enclave's audit log from where it was left, each entry against its chain and the D key's signatures: an entry that was seen once and is gone or
/// another one after a fault breaks the chain.
/// </summary>
internal sealed class AuditFollower(LocalVaultGrid grid)
{
    private readonly Dictionary<NodeId, AuditChain> _chains = [];

    /// <summary>The hashes of the requests that some enclave says it carried out.</summary>
    public HashSet<Hash256> Done { get; } = [];

    /// <summary>How many entries were followed.</summary>
    public int Entries { get; private set; }

    public async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        foreach (var node in grid.Nodes)
        {
            await using var enclave = new EnclaveConnection(node.Socket);
            while (await ReadOnAsync(node.Id, enclave, cancellationToken))
            {
            }
        }
    }

    private async Task<bool> ReadOnAsync(NodeId node, EnclaveConnection enclave, CancellationToken cancellationToken)
    {
        var part = (await enclave.AskAsync(new AuditEntriesCall(_chains.GetValueOrDefault(node)?.Number + 1 ?? 1), cancellationToken)).Value;
        var chain = _chains.GetValueOrDefault(node) ?? (_chains[node] = new AuditChain(node, RoleCertificate.Parse(part.Certificate.Span).Value.Key));
        Assert.True(part.Last >= chain.Number, $"node {node} had {chain.Number} audit entries and has {part.Last}");
        if (part.Last == chain.Number) return false;
        foreach (var batch in part.Batches)
        {
            var entries = batch.Follow(chain);
            Assert.True(entries.Refusal is null, $"node {node}: {entries.Refusal}");
            Entries += entries.Value.Count;
            Done.UnionWith(entries.Value.Where(entry => entry.Outcome == AuditEntry.Done).Select(entry => entry.Request));
        }

        return true;
    }
}
