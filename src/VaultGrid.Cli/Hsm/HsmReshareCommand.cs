using VaultGrid.Cli.Requests;
using VaultGrid.Client;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request to share a key anew among other nodes.</summary>
internal sealed class HsmReshareCommand : SharedKeyRequestCommand
{
    private readonly HolderOptions _holders;

    public HsmReshareCommand(string name)
        : this(name, new HolderOptions())
    {
    }

    private HsmReshareCommand(string name, HolderOptions holders)
        : base(
            name,
            "Write the request to share a key among other nodes, or with another number of faulty ones; the public key stays",
            "vaultgrid hsm reshare vault --holders 1/1,1/2,1/3,2/1,2/2,2/3,2/4 --faulty 2 --purpose 'second site' --out reshare.json",
            holders.All) =>
        _holders = holders;

    protected override Task<Request> MakeAsync(Invocation run, SharedKeyStatus key, RequestTerms terms, Hash256 admins)
    {
        var holders = _holders.Read(run);
        var (cluster, clusters) = HolderOptions.Scope(ClustersOf(key).Concat(holders.Clusters));
        return Task.FromResult<Request>(new ReshareKeyRequest
        {
            Id = terms.Id, Cluster = cluster, Clusters = clusters, Policy = admins, Revocations = terms.Revocations, Expires = terms.Expires, Purpose = terms.Purpose,
            Key = key.Key, Holders = holders, Replaces = key.VersionHash,
        });
    }
}
