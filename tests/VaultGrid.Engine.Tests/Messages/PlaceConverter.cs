namespace VaultGrid.Engine.Tests.Messages;

[RegisterConverter]
public sealed class PlaceConverter : IConverter<Place, PlaceSurrogate>
{
    public Place ConvertFromSurrogate(in PlaceSurrogate surrogate) => new(surrogate.Name);

    public PlaceSurrogate ConvertToSurrogate(in Place value) => new(value.Name);
}
