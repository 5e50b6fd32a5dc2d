namespace VaultGrid.Engine.Tests.Turns;

[Alias("vg.test.worker.v1")]
public interface IWorkerGrain : IGrainWithIntegerKey
{
    [Alias("Work")]
    Task Work(string name);
}
