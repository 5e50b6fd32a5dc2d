#pragma warning disable ORLEANSEXP003, ORLEANSEXP004 // As for the strategy; silo metadata is how the others know.
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace VaultGrid.Silo.Engine.Placement;

/// <summary>Leaves the silo whose metadata lists the grain's key. None means that the enclave is not attached anywhere just now.</summary>
public sealed class EnclaveFilterDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var enclave = target.GrainIdentity.Key.ToString();
        return silos.Where(silo =>
            metadata.GetSiloMetadata(silo).Metadata.TryGetValue(AttachedEnclaves.MetadataKey, out var attached)
            && AttachedEnclaves.Lists(attached, enclave));
    }
}
