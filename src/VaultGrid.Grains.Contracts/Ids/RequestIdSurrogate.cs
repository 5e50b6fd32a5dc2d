namespace VaultGrid.Grains;

/// <summary>How a request id travels between grains.</summary>
[GenerateSerializer, Immutable, Alias("vg.id.request.v1")]
public readonly record struct RequestIdSurrogate([property: Id(0)] Guid Value);

/// <summary>Carries <see cref="RequestId"/>, which knows no grain engine.</summary>
[RegisterConverter]
public sealed class RequestIdConverter : IConverter<RequestId, RequestIdSurrogate>
{
    /// <inheritdoc/>
    public RequestId ConvertFromSurrogate(in RequestIdSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc/>
    public RequestIdSurrogate ConvertToSurrogate(in RequestId value) => new(value.Value);
}
