using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that is about to run in a grain.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    MethodInfo ImplementationMethod { get; }
}
