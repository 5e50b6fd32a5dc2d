using Orleans.Concurrency;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

[Reentrant]
public sealed class ReentrantGrain(Stage stage) : Grain, IReentrantGrain
{
    private int _turns;
    private int _clashes;

    public async Task<int> Count()
    {
        for (var i = 0; i < 5; i++)
        {
            if (Interlocked.Increment(ref _turns) != 1)
            {
                _clashes++;
            }

            Interlocked.Decrement(ref _turns);
            await Task.Yield();
        }

        return _clashes;
    }

    public async Task Meet(string mine, string others)
    {
        stage.Reach(mine);
        await stage.Until(others);
    }
}
