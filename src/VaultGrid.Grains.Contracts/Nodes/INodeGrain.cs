namespace VaultGrid.Grains;

/// <summary>One vault node (key <c>cluster/node</c>): fronts its enclave and remembers how it last answered.</summary>
[Alias("vg.node.v1")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Asks the node how it is; one that does not answer is <see cref="NodeReport.Detached"/>, with what was known of it.</summary>
    [Alias("get")]
    Task<NodeReport> GetAsync(CancellationToken cancellationToken);

    /// <summary>Gives a fresh node its identity and pins. The same command again answers the same.</summary>
    [Alias("provision")]
    Task<Answer<ProvisionedNode>> ProvisionAsync(ProvisionNode command, CancellationToken cancellationToken);

    /// <summary>Installs or renews the device certificate.</summary>
    [Alias("certify")]
    Task<Answer<NodeReport>> CertifyAsync(CertifyNode command, CancellationToken cancellationToken);

    /// <summary>The node's wrap key for a key that will be dealt under this name.</summary>
    [Alias("wrap-key")]
    Task<Answer<NodeStatement>> GetWrapKeyAsync(KeyId key, CancellationToken cancellationToken);
}
