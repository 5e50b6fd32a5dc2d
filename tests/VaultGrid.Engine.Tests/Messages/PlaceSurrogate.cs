namespace VaultGrid.Engine.Tests.Messages;

[GenerateSerializer, Immutable, Alias("vg.test.place.v1")]
public readonly record struct PlaceSurrogate([property: Id(0)] string Name);
