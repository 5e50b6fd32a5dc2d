namespace VaultGrid.Engine.Tests.State;

[Alias("vg.test.fragile.v1")]
public interface IFragileGrain : IGrainWithStringKey
{
    [Alias("Live")]
    Task<int> Live();
}
