namespace VaultGrid.Engine.Tests.Filters;

/// <summary>A grain that is the last filter of its own calls.</summary>
public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        context.Result += " (filtered by itself)";
    }

    public Task<string> Stamp(string text) => Task.FromResult($"{text} [{RequestContext.Get("label")}]");
}
