using System.Text.Json;
using System.Text.Json.Serialization;

namespace VaultGrid.Client.Json;

/// <summary>A value that is one string in JSON and has one spelling.</summary>
internal abstract class TextConverter<T>(string expected) : JsonConverter<T>
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var value) ? value : throw new WireFormatException($"expected {expected}");

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    protected abstract bool TryParse(string text, out T value);

    protected abstract string Format(T value);
}
