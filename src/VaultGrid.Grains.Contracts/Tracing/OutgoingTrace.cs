using System.Diagnostics;

namespace VaultGrid.Grains;

/// <summary>Hands the trace of a call on to the grain that is called. Register it only where calls are traced.</summary>
public sealed class OutgoingTrace : IOutgoingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }) RequestContext.Set(GrainTracing.Key, id);
        await context.Invoke();
    }
}
