using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>A tuple or a key with its value, as a JSON array of its fields.</summary>
internal sealed class TupleCodec(Type type, StateCodecs codecs) : StateCodec
{
    private readonly (FieldInfo Field, StateCodec Codec)[] _fields =
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderBy(field => field.MetadataToken)
            .Select(field => (field, codecs.For(field.FieldType))),
    ];

    protected override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (var (field, codec) in _fields)
        {
            codec.WriteNullable(writer, field.GetValue(value));
        }

        writer.WriteEndArray();
    }

    protected override object Read(JsonElement element)
    {
        if (element.GetArrayLength() != _fields.Length)
        {
            throw new StateFormatException($"{type.Name} has {_fields.Length} parts, not {element.GetArrayLength()}.");
        }

        var value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var ((field, codec), item) in _fields.Zip(element.EnumerateArray()))
        {
            field.SetValue(value, codec.ReadNullable(item));
        }

        return value;
    }
}
