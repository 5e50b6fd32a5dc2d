using VaultGrid.Cli.Requests;
using VaultGrid.Client;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request for new shares before the key's policy asks for them. A refresh that is due the grid begins by itself.</summary>
internal sealed class HsmRefreshCommand(string name) : SharedKeyRequestCommand(
    name, "Write the request for new shares of a key, for the same holders; the public key stays", "vaultgrid hsm refresh vault --purpose 'a laptop was lost' --out refresh.json")
{
    protected override Task<Request> MakeAsync(Invocation run, SharedKeyStatus key, RequestTerms terms, Hash256 admins)
    {
        var (cluster, clusters) = HolderOptions.Scope(ClustersOf(key));
        return Task.FromResult<Request>(new RefreshKeyRequest
        {
            Id = terms.Id, Cluster = cluster, Clusters = clusters, Policy = admins, Revocations = terms.Revocations, Expires = terms.Expires, Purpose = terms.Purpose,
            Key = key.Key, Replaces = key.VersionHash,
        });
    }
}
