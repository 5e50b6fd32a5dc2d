using Orleans.Runtime;

namespace VaultGrid.Embedded.Activations;

internal sealed class ActivationContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext =>
        ActivationContext.Current ?? throw new InvalidOperationException("This code does not run in a turn of a grain.");
}
