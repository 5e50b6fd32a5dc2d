namespace VaultGrid.Engine.Tests.Turns;

[Alias("vg.test.chain.v1")]
public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls <paramref name="other"/>, which calls back here.</summary>
    [Alias("GoRound")]
    Task<string> GoRound(string other, bool allow, CancellationToken cancellationToken);

    [Alias("CallBack")]
    Task<string> CallBack(string first, CancellationToken cancellationToken);

    [Alias("Answer")]
    Task<string> Answer(CancellationToken cancellationToken);

    /// <summary>Calls two others in one turn.</summary>
    [Alias("Fan")]
    Task<bool> Fan(string one, string other);

    /// <summary>Occupies its thread until somebody is at <paramref name="theirs"/>.</summary>
    [Alias("Occupy")]
    Task<bool> Occupy(string mine, string theirs);
}
