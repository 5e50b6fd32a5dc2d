using System.Diagnostics;

namespace VaultGrid.Engine.Tests.State;

/// <summary>Leaves before it has served anybody, unless it is asked for its trace.</summary>
public sealed class RestlessGrain : Grain, IRestlessGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString().StartsWith("restless", StringComparison.Ordinal))
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task Stay() => Task.CompletedTask;

    public Task<string?> TraceId() => Task.FromResult(Activity.Current?.TraceId.ToHexString());
}
