using Orleans.Concurrency;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

[StatelessWorker(2)]
public sealed class WorkerGrain(Stage stage) : Grain, IWorkerGrain
{
    public async Task Work(string name)
    {
        stage.Reach("in:" + name);
        await stage.Until("go:" + name);
    }
}
