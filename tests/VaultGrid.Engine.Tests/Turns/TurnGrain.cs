using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

public sealed class TurnGrain(Stage stage) : Grain, ITurnGrain
{
    private readonly List<string> _notes = [];

    public async Task Pass(string name, CancellationToken cancellationToken)
    {
        stage.Reach("in:" + name);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await stage.Until("go:" + name, cancellationToken);
            stage.Write(name);
        }
        catch (OperationCanceledException)
        {
            stage.Reach("cancelled:" + name);
            throw;
        }
    }

    public Task<string> Peek() => Task.FromResult(this.GetPrimaryKeyString());

    public async Task<bool> StaysAtHome()
    {
        var home = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await Task.Run(() => { });
        return home != TaskScheduler.Default && home == afterYield && home == TaskScheduler.Current;
    }

    public ValueTask<int> Note(string line)
    {
        _notes.Add(line);
        return ValueTask.FromResult(_notes.Count);
    }
}
