using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>A value whose declared type has several implementations, told apart by their aliases.</summary>
internal sealed class PolymorphicCodec(Type declared, StateCodecs codecs) : StateCodec
{
    protected override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartObject();
        writer.WriteString(ObjectCodec.AliasKey, StateCodecs.AliasOf(value.GetType()));
        codecs.ObjectOf(value.GetType()).WriteMembers(writer, value);
        writer.WriteEndObject();
    }

    protected override object Read(JsonElement element)
    {
        var alias = element.TryGetProperty(ObjectCodec.AliasKey, out var named) ? named.GetString()! : string.Empty;
        var type = codecs.TypeOf(alias);
        return type is not null && declared.IsAssignableFrom(type)
            ? codecs.ObjectOf(type).ReadNullable(element)!
            : throw new StateFormatException($"'{alias}' is no kind of {declared.Name}.");
    }
}
