namespace VaultGrid.Grains;

/// <summary>How a hash travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.hash.v1")]
public readonly record struct Hash256Surrogate([property: Id(0)] byte[] Bytes);

/// <summary>Carries <see cref="Hash256"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class Hash256Converter : IConverter<Hash256, Hash256Surrogate>
{
    /// <inheritdoc/>
    public Hash256 ConvertFromSurrogate(in Hash256Surrogate surrogate) => new(surrogate.Bytes);

    /// <inheritdoc/>
    public Hash256Surrogate ConvertToSurrogate(in Hash256 value) => new(value.ToArray());
}
