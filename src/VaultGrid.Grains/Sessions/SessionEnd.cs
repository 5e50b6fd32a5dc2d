using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Sessions;

/// <summary>How a try ended: with a packet for the coordinator, or with what went wrong. Exactly one of the two is there.</summary>
/// <param name="Packet">The packet; null where the try failed.</param>
/// <param name="Mishaps">What went wrong; in the opening there may be several, since everybody is asked at once.</param>
internal sealed record SessionEnd(SessionPacket? Packet, ImmutableArray<SessionMishap> Mishaps)
{
    public static SessionEnd Of(SessionPacket packet) => new(packet, []);

    public static SessionEnd Of(params ImmutableArray<SessionMishap> mishaps) => new(null, mishaps);
}
