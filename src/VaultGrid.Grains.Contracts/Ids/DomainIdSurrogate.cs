namespace VaultGrid.Grains;

/// <summary>How the id of a Domain travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.domain.v1")]
public readonly record struct DomainIdSurrogate([property: Id(0)] Guid Value);

/// <summary>Carries <see cref="DomainId"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class DomainIdConverter : IConverter<DomainId, DomainIdSurrogate>
{
    /// <inheritdoc/>
    public DomainId ConvertFromSurrogate(in DomainIdSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc/>
    public DomainIdSurrogate ConvertToSurrogate(in DomainId value) => new(value.Value);
}
