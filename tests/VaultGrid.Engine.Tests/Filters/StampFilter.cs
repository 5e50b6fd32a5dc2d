namespace VaultGrid.Engine.Tests.Filters;

/// <summary>Replaces the answer to <c>Stamp</c> and refuses the argument "forbidden".</summary>
public sealed class StampFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IFilteredGrain))
        {
            await context.Invoke();
            return;
        }

        if (context.Request.GetArgument(0) is "forbidden")
        {
            throw new Messages.RefusedException("filtered", 403);
        }

        await context.Invoke();
        context.Result = $"{context.MethodName}({context.ImplementationMethod.DeclaringType!.Name}): {context.Result}";
    }
}
