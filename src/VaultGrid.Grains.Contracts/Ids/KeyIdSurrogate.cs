namespace VaultGrid.Grains;

/// <summary>How a key id travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.key.v1")]
public readonly record struct KeyIdSurrogate([property: Id(0)] string Name);

/// <summary>Carries <see cref="KeyId"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class KeyIdConverter : IConverter<KeyId, KeyIdSurrogate>
{
    /// <inheritdoc/>
    public KeyId ConvertFromSurrogate(in KeyIdSurrogate surrogate) => KeyId.Parse(surrogate.Name);

    /// <inheritdoc/>
    public KeyIdSurrogate ConvertToSurrogate(in KeyId value) => new(value.ToString());
}
