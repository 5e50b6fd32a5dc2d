using System.Collections.Immutable;

namespace VaultGrid.Engine.Tests.Messages;

/// <summary>A message as grains should have them: immutable, with everything that one may hold.</summary>
[GenerateSerializer, Immutable, Alias("vg.test.sealed.v1")]
public sealed record Sealed(
    [property: Id(0)] string Text,
    [property: Id(1)] ImmutableArray<byte> Bytes,
    [property: Id(2)] ImmutableArray<Verdict> Verdicts,
    [property: Id(3)] Place Place,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] TimeSpan? Took,
    [property: Id(6)] (int Left, string Right) Pair);
