using System.Collections.Concurrent;
using VaultGrid.Engine.Tests.Messages;

namespace VaultGrid.Engine.Tests.State;

/// <summary>Can't be activated the first time.</summary>
public sealed class FragileGrain : Grain, IFragileGrain
{
    private static readonly ConcurrentDictionary<string, int> Attempts = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Attempts.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, attempts) => attempts + 1) == 1
            ? throw new RefusedException("not-yet", 503)
            : Task.CompletedTask;

    public Task<int> Live() => Task.FromResult(Attempts[this.GetPrimaryKeyString()]);
}
