using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>The encoding of one type.</summary>
internal abstract class StateCodec
{
    public void WriteNullable(Utf8JsonWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Write(writer, value);
        }
    }

    public object? ReadNullable(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : Read(element);

    protected abstract void Write(Utf8JsonWriter writer, object value);

    protected abstract object Read(JsonElement element);
}
