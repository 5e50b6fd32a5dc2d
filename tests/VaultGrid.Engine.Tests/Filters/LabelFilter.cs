namespace VaultGrid.Engine.Tests.Filters;

/// <summary>Adds a label to the request context of calls to filtered grains.</summary>
public sealed class LabelFilter : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(IFilteredGrain))
        {
            RequestContext.Set("label", "outgoing " + context.MethodName);
        }

        await context.Invoke();
    }
}
