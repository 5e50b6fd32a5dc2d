using VaultGrid.Cli.Requests;
using VaultGrid.Client;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request to destroy a key.</summary>
internal sealed class HsmDeleteCommand(string name) : SharedKeyRequestCommand(
    name, "Write the request to destroy a key: every holder destroys its share, for good", "vaultgrid hsm delete vault --purpose 'moved to vault-2' --out delete.json")
{
    protected override Task<Request> MakeAsync(Invocation run, SharedKeyStatus key, RequestTerms terms, Hash256 admins)
    {
        var (cluster, clusters) = HolderOptions.Scope(ClustersOf(key));
        return Task.FromResult<Request>(new DeleteKeyRequest
        {
            Id = terms.Id, Cluster = cluster, Clusters = clusters, Policy = admins, Revocations = terms.Revocations, Expires = terms.Expires, Purpose = terms.Purpose,
            Key = key.Key, Replaces = key.Policy,
        });
    }
}
