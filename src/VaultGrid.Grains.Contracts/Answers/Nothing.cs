namespace VaultGrid.Grains;

/// <summary>The value of an answer that has nothing to say but that it went well.</summary>
[GenerateSerializer, Immutable, Alias("vg.answer.nothing.v1")]
public sealed record Nothing
{
    /// <summary>The one there is.</summary>
    public static Nothing Value { get; } = new();
}
