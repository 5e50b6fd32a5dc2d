using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>The clusters' real gateways, with something that happens just before or after a call of a session goes through.</summary>
internal sealed class TrippedGateways : IClusterGateways
{
    private readonly BridgeGateways _inner = new();

    /// <summary>Called before each call; a refusal is answered in its place.</summary>
    public Func<NodeId, EnclaveCallKind, ReadOnlyMemory<byte>, Task<Refusal?>>? Before { get; set; }

    /// <summary>Called with each answer; what it gives is answered.</summary>
    public Func<NodeId, EnclaveCallKind, Outcome<ReadOnlyMemory<byte>>, Outcome<ReadOnlyMemory<byte>>>? After { get; set; }

    public IClusterGateway To(IGrainFactory grains, ClusterId cluster) => new Gateway(this, _inner.To(grains, cluster));

    private sealed class Gateway(TrippedGateways owner, IClusterGateway inner) : IClusterGateway
    {
        public bool TakesHints => inner.TakesHints;

        public Task<Outcome<KeyReport>> FindKeyAsync(Hash256 key, CancellationToken cancellationToken) => inner.FindKeyAsync(key, cancellationToken);

        public Task<Outcome<ImmutableArray<NodeId>>> GetHoldersAsync(Hash256 key, bool fresh, CancellationToken cancellationToken) =>
            inner.GetHoldersAsync(key, fresh, cancellationToken);

        public IEnclavePort Enclave(NodeId node) => new Port(owner, node, inner.Enclave(node));

        public Task<Outcome<PerformedApproved>> PerformAsync(PerformApproved command, CancellationToken cancellationToken) => inner.PerformAsync(command, cancellationToken);
    }

    private sealed class Port(TrippedGateways owner, NodeId node, IEnclavePort inner) : IEnclavePort
    {
        public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            if (owner.Before is { } before && await before(node, kind, body) is { } refusal) return refusal;
            var answer = await inner.CallAsync(kind, body, cancellationToken);
            return owner.After is { } after ? after(node, kind, answer) : answer;
        }
    }
}
