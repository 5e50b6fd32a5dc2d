using System.Globalization;
using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>An enum is its number, so that its names may change. A number without a name is refused.</summary>
internal sealed class EnumCodec(Type type) : StateCodec
{
    private readonly bool _isFlags = type.IsDefined(typeof(FlagsAttribute), inherit: false);

    protected override void Write(Utf8JsonWriter writer, object value) =>
        writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    protected override object Read(JsonElement element)
    {
        var value = Enum.ToObject(type, element.GetInt64());
        return _isFlags || Enum.IsDefined(type, value)
            ? value
            : throw new StateFormatException($"{element} is no value of {type.Name}.");
    }
}
