using Orleans.Concurrency;

namespace VaultGrid.Engine.Tests.Turns;

[Alias("vg.test.turn.v1")]
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Reaches <c>in:name</c>, waits for <c>go:name</c>, and writes the name into the diary.</summary>
    [Alias("Pass")]
    Task Pass(string name, CancellationToken cancellationToken);

    [Alias("Peek")]
    [AlwaysInterleave]
    Task<string> Peek();

    /// <summary>True if every await came back to the grain's own scheduler.</summary>
    [Alias("StaysAtHome")]
    Task<bool> StaysAtHome();

    [Alias("Note")]
    ValueTask<int> Note(string line);
}
