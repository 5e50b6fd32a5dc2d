using System.Runtime.CompilerServices;
using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>An annotated class or struct.</summary>
internal sealed class ObjectCodec : StateCodec
{
    public const string AliasKey = "$";

    private readonly Type _type;
    private readonly Lazy<Dictionary<string, (StateMember Member, StateCodec Codec)>> _members;
    private readonly Lazy<Written[]> _written;
    private readonly bool _isConstructible;

    public ObjectCodec(Type type, StateCodecs codecs)
    {
        _type = type;
        _isConstructible = type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null;

        // Lazy, because a type may contain itself.
        _members = new(() => StateMember.Of(type).ToDictionary(
            member => member.Key, member => (member, codecs.For(member.Field.FieldType)), StringComparer.Ordinal));
        _written = new(() => [.. _members.Value.Values.Select(known => new Written(JsonEncodedText.Encode(known.Member.Key), known.Member.Getter(), known.Codec))]);
    }

    public void WriteMembers(Utf8JsonWriter writer, object value)
    {
        foreach (var member in _written.Value)
        {
            writer.WritePropertyName(member.Name);
            member.Codec.WriteNullable(writer, member.Get(value));
        }
    }

    protected override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartObject();
        WriteMembers(writer, value);
        writer.WriteEndObject();
    }

    protected override object Read(JsonElement element)
    {
        var value = _isConstructible ? Activator.CreateInstance(_type)! : RuntimeHelpers.GetUninitializedObject(_type);
        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals(AliasKey))
            {
                continue;
            }

            if (!_members.Value.TryGetValue(property.Name, out var known))
            {
                throw new StateFormatException($"{_type.Name} has no member '{property.Name}': the state was written by a newer program.");
            }

            known.Member.Field.SetValue(value, known.Codec.ReadNullable(property.Value));
        }

        return value;
    }

    private readonly record struct Written(JsonEncodedText Name, Func<object, object?> Get, StateCodec Codec);
}
