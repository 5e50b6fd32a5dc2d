using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Placement;

public sealed class WhereGrain(Stage stage) : Grain, IWhereGrain
{
    public Task<string> Where() => Task.FromResult(stage.Name);
}
