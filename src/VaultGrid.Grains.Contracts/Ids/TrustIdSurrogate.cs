namespace VaultGrid.Grains;

/// <summary>How the id of a chain of Trusts travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.trust.v1")]
public readonly record struct TrustIdSurrogate([property: Id(0)] Guid Value);

/// <summary>Carries <see cref="TrustId"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class TrustIdConverter : IConverter<TrustId, TrustIdSurrogate>
{
    /// <inheritdoc/>
    public TrustId ConvertFromSurrogate(in TrustIdSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc/>
    public TrustIdSurrogate ConvertToSurrogate(in TrustId value) => new(value.Value);
}
