using System.Diagnostics;

namespace VaultGrid.Grains;

/// <summary>Records a grain's part of a trace: which method of which interface, and what it refused. Register it only where calls are traced.</summary>
public sealed class IncomingTrace : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (RequestContext.Get(GrainTracing.Key) is not string id || !ActivityContext.TryParse(id, null, isRemote: false, out var parent))
        {
            await context.Invoke();
            return;
        }

        using var activity = GrainTracing.Source.StartActivity(
            $"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name}", ActivityKind.Server, parent);
        activity?.SetTag("vaultgrid.grain", context.TargetId.ToString());
        try
        {
            await context.Invoke();
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
    }
}
