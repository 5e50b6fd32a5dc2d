namespace VaultGrid.Client;

/// <summary>Whom a client asks, and when it asks the next.</summary>
internal static class DomainRoute
{
    private static uint _turn;

    public static Refusal Nobody => new(RefusalCode.DomainForeign, "the Domain's Trust names no HSM of this grid");

    /// <summary>The HSMs of a Trust; neighbouring calls begin at neighbouring nodes.</summary>
    public static IReadOnlyList<NodeId> Nodes(TrustBody trust)
    {
        List<NodeId> nodes = [.. trust.Hsms.Select(hsm => hsm.Certificate.Identity.Node).OfType<NodeId>()];
        var turn = (int)(Interlocked.Increment(ref _turn) % (uint)Math.Max(1, nodes.Count));
        return [.. nodes.Skip(turn), .. nodes.Take(turn)];
    }

    public static IReadOnlyList<ClusterId> Clusters(TrustBody trust) => [.. Nodes(trust).Select(node => node.Cluster).Distinct()];

    /// <summary>Which of two refusals says more: what an HSM said of the call, then that one will answer soon, and least that one is down.</summary>
    public static Refusal Telling(Refusal? before, Refusal next) => before is null || Weight(next.Code) > Weight(before.Code) ? next : before;

    /// <summary>True where another HSM may answer what this one can't: it is down, busy, retired, or not named any more.</summary>
    public static bool GoesOn(RefusalCode code) => code.IsRetriable() || code is
        RefusalCode.PhaseRefused or RefusalCode.NodeNotMember or RefusalCode.NodeUnknown or RefusalCode.ClusterUnknown or RefusalCode.EnclaveFault or
        RefusalCode.TrustSuperseded or RefusalCode.TrustRetired or RefusalCode.TrustStranger or RefusalCode.DomainForeign or
        RefusalCode.RevocationsMissing or RefusalCode.RevocationsOverdue or RefusalCode.CertificateRevoked or RefusalCode.CertificateExpired;

    private static int Weight(RefusalCode code) => !code.IsRetriable() ? 2 : CallAgain.Helps(code) ? 1 : 0;
}
