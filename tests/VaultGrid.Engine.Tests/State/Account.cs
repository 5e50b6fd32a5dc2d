using System.Collections.Immutable;
using VaultGrid.Engine.Tests.Messages;

namespace VaultGrid.Engine.Tests.State;

[GenerateSerializer, Alias("vg.test.account.v1")]
public sealed class Account
{
    [Id(0)]
    public long Balance { get; set; }

    [Id(1)]
    public Dictionary<string, Verdict> Verdicts { get; set; } = [];

    [Id(2)]
    public ImmutableArray<byte> Key { get; set; } = [];

    [Id(3)]
    public Place? Place { get; set; }
}
