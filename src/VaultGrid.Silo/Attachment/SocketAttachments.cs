using System.Collections.Frozen;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.Attachment;

/// <summary>The enclaves at the sockets that the configuration names. Each connection is made at its first call, and again when it broke.</summary>
internal sealed class SocketAttachments : IEnclaveAttachments, IAsyncDisposable
{
    private readonly FrozenDictionary<NodeId, EnclaveConnection> _connections;

    public SocketAttachments(SiloOptions options) =>
        _connections = options.Enclaves.ToFrozenDictionary(enclave => NodeId.Parse(enclave.Node), enclave => new EnclaveConnection(enclave.Socket));

    public IEnclavePort? Find(NodeId node) => _connections.GetValueOrDefault(node);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values) await connection.DisposeAsync();
    }
}
