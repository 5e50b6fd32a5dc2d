namespace Orleans.Runtime;

/// <summary>Asks for a stored record as a constructor argument of type <see cref="IPersistentState{TState}"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
#pragma warning disable CA1813 // Open as in Orleans.
public class PersistentStateAttribute : Attribute, IPersistentStateConfiguration
#pragma warning restore CA1813
{
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    public string StateName { get; }

    public string? StorageName { get; }
}
