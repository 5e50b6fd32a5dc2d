namespace VaultGrid.Engine.Tests.Filters;

[Alias("vg.test.filtered.v1")]
public interface IFilteredGrain : IGrainWithStringKey
{
    [Alias("Stamp")]
    Task<string> Stamp(string text);
}
