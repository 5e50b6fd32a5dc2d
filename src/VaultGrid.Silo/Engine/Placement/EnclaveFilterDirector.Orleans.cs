#pragma warning disable ORLEANSEXP004 // As for the strategy.
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace VaultGrid.Silo.Engine.Placement;

/// <summary>Leaves the silo whose name lists the grain's key. None means that the enclave is not attached anywhere just now.</summary>
public sealed class EnclaveFilterDirector(IClusterMembershipService membership) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var (enclave, members) = (target.GrainIdentity.Key.ToString(), membership.CurrentSnapshot.Members);
        return silos.Where(silo => members.TryGetValue(silo, out var member) && AttachedEnclaves.Lists(member.Name, enclave!));
    }
}
