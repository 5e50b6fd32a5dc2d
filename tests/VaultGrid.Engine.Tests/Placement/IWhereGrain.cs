namespace VaultGrid.Engine.Tests.Placement;

[Alias("vg.test.where.v1")]
public interface IWhereGrain : IGrainWithStringKey
{
    /// <summary>The name of the silo that this grain runs on.</summary>
    [Alias("Where")]
    Task<string> Where();
}
