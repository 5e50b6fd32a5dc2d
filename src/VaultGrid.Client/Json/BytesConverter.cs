using System.Text.Json;
using System.Text.Json.Serialization;

namespace VaultGrid.Client.Json;

/// <summary>Public byte strings: lower-case hex with <c>0x</c>, as everywhere in VaultGrid's JSON.</summary>
internal sealed class BytesConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Hex.TryDecode(reader.GetString(), out var bytes)
            ? bytes
            : throw new WireFormatException("expected a byte string: lower-case hex with 0x before it");

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Hex.Encode(value.Span));
}
