namespace VaultGrid.Engine.Tests.Messages;

/// <summary>A message that its receiver could change.</summary>
[GenerateSerializer, Alias("vg.test.parcel.v1")]
public sealed class Parcel
{
    [Id(0)]
    public List<string> Lines { get; set; } = [];

    [Id(1)]
    public byte[] Bytes { get; set; } = [];

    [Id(2)]
    public Parcel? Inner { get; set; }
}
