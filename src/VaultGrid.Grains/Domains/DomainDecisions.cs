namespace VaultGrid.Grains.Domains;

/// <summary>Which document may stand where. Pure.</summary>
internal static class DomainDecisions
{
    /// <summary>A revision as it is kept.</summary>
    public static DomainReport Report(SealedKeys domain, TrustBody trust, DateTimeOffset now) => new()
    {
        Domain = domain.Keys.Id,
        Chain = trust.Id,
        Trust = trust.Hash,
        TrustNumber = trust.Number,
        Revision = domain.Keys.Revision,
        Keys = domain.Keys.Hash,
        Kind = (byte)domain.Keys.Current.Kind,
        MasterVersion = domain.Keys.Current.Version,
        PublicKey = domain.Keys.Current.Public,
        Owner = domain.Keys.Owner,
        Changed = now,
        SealedKeys = domain.ToBytes(),
    };

    /// <summary>May this document be kept beside, or in place of, what is kept? Done where it is kept already.</summary>
    public static Outcome<Done> CheckStore(DomainKeys next, DomainKeys? before)
    {
        if (before is null || before.Hash == next.Hash) return default(Done);
        if (next.Revision == before.Revision + 1) return DomainRules.CheckSuccession(before, next);
        return next.Revision > before.Revision && next.First == before.First && next.Owner == before.Owner
            ? default(Done)
            : new Refusal(RefusalCode.StateConflict, $"the grid keeps revision {before.Revision} of Domain {before.Id}; this is revision {next.Revision}");
    }

    /// <summary>The HSMs of a Trust in a cluster, the wanted one alone where one is wanted; neighbouring calls begin at neighbouring nodes.</summary>
    public static ImmutableArray<NodeId> Route(TrustBody trust, ClusterId cluster, NodeId? wanted, uint turn)
    {
        ImmutableArray<NodeId> nodes =
        [
            .. trust.Hsms.Select(hsm => hsm.Certificate.Identity.Node).OfType<NodeId>().Where(node => node.Cluster == cluster && (wanted is null || node == wanted)),
        ];
        var first = nodes.IsEmpty ? 0 : (int)(turn % (uint)nodes.Length);
        return [.. nodes[first..], .. nodes[..first]];
    }

    /// <summary>True where another HSM may answer what this one can't: it is gone from the newest Trust, retired, or has no token.</summary>
    public static bool IsPassedOver(RefusalCode code) => Clusters.RoutedCall.IsPassedOver(code) || code is
        RefusalCode.TrustSuperseded or RefusalCode.TrustRetired or RefusalCode.TrustStranger or RefusalCode.DomainForeign or
        RefusalCode.CertificateRevoked or RefusalCode.CertificateExpired;
}
