namespace VaultGrid.Engine.Tests.State;

[Alias("vg.test.restless.v1")]
public interface IRestlessGrain : IGrainWithStringKey
{
    [Alias("Stay")]
    Task Stay();

    [Alias("TraceId")]
    Task<string?> TraceId();
}
