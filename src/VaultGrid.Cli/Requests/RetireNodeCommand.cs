using VaultGrid.Client;

namespace VaultGrid.Cli.Requests;

internal sealed class RetireNodeCommand(string name, string example) : NodeRequestCommand(
    name, "Write the request that has a node destroy its keys for good", example, Inputs.Hash("--device-key", "SHA-256 of the node's D public key (else asked of the grid)"))
{
    protected override Hash256? StateOf(NodeStatus status) => status.DeviceKey;

    protected override Request Make(RequestTerms terms, NodeId node, Hash256 policy, Hash256 state) => new RetireNodeRequest
    {
        Id = terms.Id,
        Cluster = node.Cluster,
        Policy = policy,
        Revocations = terms.Revocations,
        Expires = terms.Expires,
        Purpose = terms.Purpose,
        Node = node.Index,
        Replaces = state,
    };
}
