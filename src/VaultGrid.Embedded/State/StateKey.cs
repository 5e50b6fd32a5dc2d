using Orleans.Runtime;

namespace VaultGrid.Embedded.State;

/// <summary>Which record of which grain.</summary>
internal readonly record struct StateKey(GrainId Grain, string StateName)
{
    public override string ToString() => $"{Grain} [{StateName}]";
}
