using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

/// <summary>The enclaves at this silo's sockets.</summary>
public interface IEnclaveAttachments
{
    /// <summary>The door to a node's enclave; null where it is not attached to this silo.</summary>
    IEnclavePort? Find(NodeId node);
}
