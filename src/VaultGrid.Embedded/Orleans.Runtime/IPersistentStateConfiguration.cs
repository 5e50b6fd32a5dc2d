namespace Orleans.Runtime;

/// <summary>Which record of which store.</summary>
public interface IPersistentStateConfiguration
{
    string StateName { get; }

    string? StorageName { get; }
}
