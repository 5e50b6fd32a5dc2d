using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Whether what signers sent to the coordinator bears their D keys' signatures. Enclaves check that and more; a coordinator asks only when one of them says that something does
/// not fit, to know whose it is: whoever brings unsigned packets is to blame, not whoever noticed.
/// </summary>
internal static class PacketCheck
{
    /// <summary>The signers whose packets are not signed by them.</summary>
    public static IReadOnlyList<NodeId> Unsigned(SessionPlan plan, IReadOnlyList<NodeId> crew, IEnumerable<SessionPacket> packets) =>
        [.. packets.Where(packet => packet.Receiver == SessionPacket.Coordinator && !IsSigned(plan, packet)).Select(packet => crew[packet.Sender]).Distinct()];

    private static bool IsSigned(SessionPlan plan, SessionPacket packet)
    {
        var reader = new WireReader(packet.Body.Span);
        var (message, signature) = (reader.Bytes(SessionPacket.Limit).ToArray(), reader.Bytes(EnclaveLimits.Statement).ToArray());
        return reader.End("a packet", out _)
            && RoleCertificate.Parse(plan.Participants[packet.Sender].Certificate.Span).Is(out var certificate, out _)
            && certificate.Key.VerifiesStatement(Tagged.Statement("session-message", message), signature);
    }
}
