using VaultGrid.Client.Secrets;

namespace VaultGrid.LocalGrid;

/// <summary>Keys that nodes of a grid on this machine generate together: its administrators approve what has to be approved, its client uses them.</summary>
public sealed class LocalSharedKeys
{
    private readonly LocalVaultGrid _grid;
    private readonly LocalRequests _requests;
    private readonly int _quorum;

    internal LocalSharedKeys(LocalVaultGrid grid, SharedKeyCaller caller, int quorum) => (_grid, Caller, _requests, _quorum) = (grid, caller, grid.Requests, quorum);

    /// <summary>The use of keys, under the certificate of the client <c>vaultgrid://client/local</c>.</summary>
    public SharedKeyCaller Caller { get; }

    /// <summary>The first so many nodes of a grid, cluster by cluster: holders of which f may be malicious.</summary>
    public HolderSet Holders(int nodes, int faulty) => Steps.Done(HolderSet.Of(_grid.Nodes.Take(nodes).Select(node => node.Id), faulty), $"({nodes}, {faulty})");

    /// <summary>A policy: the administrators' quorum, and the local client may do everything without approvals.</summary>
    public KeyPolicy Policy(KeyId key, KeyKind kind, TimeSpan? refresh = null)
    {
        var policy = _grid.Ceremony.Policy(key, _quorum, kind.Algorithm() is { } algorithm ? [algorithm] : [], kind == KeyKind.Dise ? [] : Paths(kind));
        var operations = kind == KeyKind.Dise ? KeyOperations.Encrypt | KeyOperations.Decrypt : KeyOperations.Sign;
        return policy with { Permissions = [KeyGrant.For(_grid.Identity.Certificate, operations)], Refresh = refresh };
    }

    /// <summary>Has holders generate a key together, under <see cref="Policy"/>; answers its evidence, verified.</summary>
    public async Task<VerifiedKey> GenerateAsync(KeyId key, KeyKind kind, HolderSet holders, CancellationToken cancellationToken) =>
        await GenerateAsync(Policy(key, kind), kind, holders, cancellationToken).ConfigureAwait(false);

    /// <summary>The same under a policy.</summary>
    public async Task<VerifiedKey> GenerateAsync(KeyPolicy policy, KeyKind kind, HolderSet holders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var status = await _requests.DoAsync(GenerateRequest(policy, kind, holders), policy.ToUtf8(), _quorum, cancellationToken).ConfigureAwait(false);
        return await VerifyAsync(status.Key!.Value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request for it.</summary>
    public RequestDocument GenerateRequest(KeyPolicy policy, KeyKind kind, HolderSet holders)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(holders);
        var (cluster, clusters) = Scope(holders.Clusters);
        return RequestDocument.Of(new GenerateKeyRequest
        {
            Id = LocalRequests.NewId(), Cluster = cluster, Clusters = clusters, Policy = _grid.Ceremony.AdminsPolicy.Hash(), Revocations = _requests.Revocations,
            Expires = _requests.Expires, Purpose = $"new key {policy.KeyId}", KeyId = policy.KeyId, Kind = kind, Holders = holders, FirstPolicy = policy.Hash(),
        });
    }

    /// <summary>Asks for a key's evidence and verifies it.</summary>
    public async Task<VerifiedKey> VerifyAsync(Hash256 key, CancellationToken cancellationToken) =>
        Steps.Done(await Caller.VerifyAsync(key, cancellationToken).ConfigureAwait(false), $"the evidence of key {key}");

    /// <summary>A key as the grid tells of it.</summary>
    public async Task<SharedKeyStatus> StatusAsync(Hash256 key, CancellationToken cancellationToken) =>
        Steps.Done(await _grid.Client.SharedKeys.GetAsync(key, cancellationToken).ConfigureAwait(false), $"key {key}");

    /// <summary>Has new shares made before they are due; answers the new version.</summary>
    public async Task<VerifiedKey> RefreshAsync(VerifiedKey key, CancellationToken cancellationToken)
    {
        _ = await _requests.DoAsync(RefreshRequest(key), null, _quorum, cancellationToken).ConfigureAwait(false);
        return await VerifyAsync(key.Key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request for it.</summary>
    public RequestDocument RefreshRequest(VerifiedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (cluster, clusters) = Scope([.. key.Certified.Version.Holders.Select(holder => holder.Node.Cluster).Distinct()]);
        return RequestDocument.Of(new RefreshKeyRequest
        {
            Id = LocalRequests.NewId(), Cluster = cluster, Clusters = clusters, Policy = _grid.Ceremony.AdminsPolicy.Hash(), Revocations = _requests.Revocations,
            Expires = _requests.Expires, Purpose = $"refresh {key.Birth.KeyId}", Key = key.Key, Replaces = key.Certified.Version.Hash(),
        });
    }

    /// <summary>Has a key shared anew among other nodes; answers the new version.</summary>
    public async Task<VerifiedKey> ReshareAsync(VerifiedKey key, HolderSet holders, CancellationToken cancellationToken)
    {
        _ = await _requests.DoAsync(ReshareRequest(key, holders), null, _quorum, cancellationToken).ConfigureAwait(false);
        return await VerifyAsync(key.Key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request for it.</summary>
    public RequestDocument ReshareRequest(VerifiedKey key, HolderSet holders)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(holders);
        var (cluster, clusters) = Scope([.. key.Certified.Version.Holders.Select(holder => holder.Node.Cluster).Concat(holders.Clusters).Distinct().OrderBy(id => id.Number)]);
        return RequestDocument.Of(new ReshareKeyRequest
        {
            Id = LocalRequests.NewId(), Cluster = cluster, Clusters = clusters, Policy = _grid.Ceremony.AdminsPolicy.Hash(), Revocations = _requests.Revocations,
            Expires = _requests.Expires, Purpose = $"reshare {key.Birth.KeyId}", Key = key.Key, Holders = holders, Replaces = key.Certified.Version.Hash(),
        });
    }

    /// <summary>The request that a holder's fresh device, certified and a member by now, takes the place of the one it was given the share with.</summary>
    public async Task<RequestDocument> ReplaceDeviceRequestAsync(VerifiedKey key, NodeId node, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (cluster, clusters) = Scope([.. key.Certified.Version.Holders.Select(holder => holder.Node.Cluster).Distinct()]);
        var status = Steps.Done(await _grid.Client.GetNodeAsync(node, cancellationToken).ConfigureAwait(false), $"node {node}");
        return RequestDocument.Of(new RepairShareRequest
        {
            Id = LocalRequests.NewId(), Cluster = cluster, Clusters = clusters, Policy = _grid.Ceremony.AdminsPolicy.Hash(), Revocations = _requests.Revocations,
            Expires = _requests.Expires, Purpose = $"fresh device of {node} for {key.Birth.KeyId}", Key = key.Key, Node = node,
            Device = status.DeviceKey ?? throw new LocalGridException($"node {node} has no device key"),
            Replaces = key.Certified.Version.Holders.Single(holder => holder.Node == node).Device,
        });
    }

    /// <summary>Has a key deleted for good.</summary>
    public async Task DeleteAsync(VerifiedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (cluster, clusters) = Scope([.. key.Certified.Version.Holders.Select(holder => holder.Node.Cluster).Distinct()]);
        var request = RequestDocument.Of(new DeleteKeyRequest
        {
            Id = LocalRequests.NewId(), Cluster = cluster, Clusters = clusters, Policy = _grid.Ceremony.AdminsPolicy.Hash(), Revocations = _requests.Revocations,
            Expires = _requests.Expires, Purpose = $"delete {key.Birth.KeyId}", Key = key.Key, Replaces = key.Policy.Hash(),
        });
        _ = await _requests.DoAsync(request, null, _quorum, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request for a signature under approvals.</summary>
    public RequestDocument SignRequest(VerifiedKey key, SigningSubject.Message subject, DerivationPath path, string purpose)
    {
        ArgumentNullException.ThrowIfNull(key);
        return RequestDocument.Of(new SignRequest
        {
            Id = LocalRequests.NewId(), Cluster = key.Cluster, Clusters = key.Clusters, Policy = key.Policy.Hash(), Revocations = _requests.Revocations,
            Expires = _requests.Expires, Purpose = purpose, Key = key.Key, Path = path, Subject = subject,
        });
    }

    /// <summary>Has a message signed by the local client's signed call, at the key itself.</summary>
    public async Task<MessageSignatureStatus> SignAsync(VerifiedKey key, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var algorithm = key.Birth.Kind.Algorithm() ?? throw new LocalGridException($"a key of kind '{key.Birth.Kind.Name()}' signs nothing");
        var subject = new SigningSubject.Message(algorithm, message, algorithm == SigningAlgorithm.Taproot ? TaprootTweak.None : null);
        return Steps.Done(await Caller.SignAsync(key, new SignParameters(subject, DerivationPath.Master), cancellationToken).ConfigureAwait(false), $"a signature of '{key.Birth.KeyId}'");
    }

    private static (ClusterId Cluster, ClusterSet? Clusters) Scope(IReadOnlyList<ClusterId> clusters) =>
        (clusters[0], clusters.Count == 1 ? null : ClusterSet.TryCreate(clusters, out var set) ? set : throw new InvalidOperationException("Clusters are ascending and distinct."));

    private static IEnumerable<PathPattern> Paths(KeyKind kind) =>
        (kind == KeyKind.Bls ? (string[])["m"] : ["m", "m/*", "m/*/*"]).Select(text => PathPattern.TryParse(text, out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern."));
}
