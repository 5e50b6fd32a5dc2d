#pragma warning disable ORLEANSEXP003, ORLEANSEXP004 // As for the strategy.
using Orleans.Metadata;

namespace VaultGrid.Silo.Engine.Placement;

/// <summary>Attaches the filter to grain classes from outside, so that their sources know nothing of silos.</summary>
public sealed class AttachedGrainProperties(ICollection<Type> attached, IServiceProvider services) : IGrainPropertiesProvider
{
    public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        if (attached.Contains(grainClass))
        {
            new EnclaveFilterStrategy().PopulateGrainProperties(services, grainClass, grainType, properties);

            // Rebalancing would move the grain away from its enclave.
            properties[WellKnownGrainTypeProperties.Immovable] = "3";
        }
    }
}
