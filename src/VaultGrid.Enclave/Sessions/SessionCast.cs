using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Who takes part in a session, as this enclave has verified it.</summary>
/// <param name="Header">The session.</param>
/// <param name="Peers">The participants, in order.</param>
/// <param name="Place">This enclave's place.</param>
/// <param name="Own">The session key that messages to this enclave are sealed to.</param>
internal sealed record SessionCast(SessionHeader Header, IReadOnlyList<SessionPeer> Peers, int Place, SessionKey Own)
{
    /// <summary>The nodes besides this enclave's.</summary>
    public IReadOnlyList<NodeId> Others => [.. Peers.Where((_, place) => place != Place).Select(peer => peer.Node)];
}
