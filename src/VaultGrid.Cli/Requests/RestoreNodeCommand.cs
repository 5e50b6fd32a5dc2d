using VaultGrid.Client;

namespace VaultGrid.Cli.Requests;

internal sealed class RestoreNodeCommand(string name, string example) : NodeRequestCommand(
    name, "Write the request that lets a node go on whose store was rolled back", example, Inputs.Hash("--state", "Hash of the versioned part that the node holds (else asked of the grid)"))
{
    protected override Hash256? StateOf(NodeStatus status) => status.VersionedPart;

    protected override Request Make(RequestTerms terms, NodeId node, Hash256 policy, Hash256 state) => new RestoreNodeRequest
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
