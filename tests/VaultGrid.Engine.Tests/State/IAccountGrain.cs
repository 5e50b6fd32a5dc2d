namespace VaultGrid.Engine.Tests.State;

[Alias("vg.test.account-grain.v1")]
public interface IAccountGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<long> Add(long amount);

    /// <summary>Balance as it was when the grain was activated.</summary>
    [Alias("OpeningBalance")]
    Task<long> OpeningBalance();

    [Alias("Balance")]
    Task<(long Balance, bool Exists, string? Etag)> Balance();

    [Alias("Clear")]
    Task Clear();

    /// <summary>Ends the activation; the answer is its number.</summary>
    [Alias("Leave")]
    Task<Guid> Leave();

    [Alias("Activation")]
    Task<Guid> Activation();

    /// <summary>Writes behind the back of this activation's own view, then through it.</summary>
    [Alias("Race")]
    Task Race();
}
