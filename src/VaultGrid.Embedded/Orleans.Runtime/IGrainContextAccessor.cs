namespace Orleans.Runtime;

/// <summary>Finds the activation whose turn is running.</summary>
public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}
