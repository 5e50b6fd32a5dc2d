using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>A foreign type, stored as its surrogate.</summary>
internal sealed class SurrogateCodec<TValue, TSurrogate>(IConverter<TValue, TSurrogate> converter, StateCodecs codecs) : StateCodec
    where TSurrogate : struct
{
    private readonly StateCodec _surrogate = codecs.For(typeof(TSurrogate));

    protected override void Write(Utf8JsonWriter writer, object value) =>
        _surrogate.WriteNullable(writer, converter.ConvertToSurrogate((TValue)value));

    protected override object Read(JsonElement element)
    {
        var surrogate = (TSurrogate)_surrogate.ReadNullable(element)!;
        return converter.ConvertFromSurrogate(in surrogate)!;
    }
}
