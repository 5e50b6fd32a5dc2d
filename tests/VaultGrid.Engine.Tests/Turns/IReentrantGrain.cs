namespace VaultGrid.Engine.Tests.Turns;

[Alias("vg.test.reentrant.v1")]
public interface IReentrantGrain : IGrainWithStringKey
{
    /// <summary>Adds one to a counter over an await, and gives the number of calls that were inside at the same time.</summary>
    [Alias("Count")]
    Task<int> Count();

    [Alias("Meet")]
    Task Meet(string mine, string others);
}
