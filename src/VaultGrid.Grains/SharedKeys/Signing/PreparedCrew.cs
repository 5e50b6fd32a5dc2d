using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Signers who have sent their commitments to nonces, for a request that is still to come.</summary>
/// <param name="Plan">The session's plan.</param>
/// <param name="Crew">The signers, in the plan's order.</param>
/// <param name="Packets">What they sent.</param>
/// <param name="Until">When it is too old.</param>
internal sealed record PreparedCrew(SessionPlan Plan, ImmutableArray<NodeId> Crew, ImmutableArray<SessionPacket> Packets, DateTimeOffset Until);
