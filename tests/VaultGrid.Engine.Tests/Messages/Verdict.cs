namespace VaultGrid.Engine.Tests.Messages;

/// <summary>A closed hierarchy.</summary>
[GenerateSerializer, Immutable, Alias("vg.test.verdict.v1")]
public abstract record Verdict
{
    private Verdict()
    {
    }

    [GenerateSerializer, Immutable, Alias("vg.test.verdict.yes.v1")]
    public sealed record Yes([property: Id(0)] int Weight) : Verdict;

    [GenerateSerializer, Immutable, Alias("vg.test.verdict.no.v1")]
    public sealed record No([property: Id(0)] string Reason) : Verdict;
}
