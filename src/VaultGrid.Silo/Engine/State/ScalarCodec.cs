using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>A value that is one JSON number or string.</summary>
internal sealed class ScalarCodec<T>(Action<Utf8JsonWriter, T> write, Func<JsonElement, T> read) : StateCodec
    where T : notnull
{
    protected override void Write(Utf8JsonWriter writer, object value) => write(writer, (T)value);

    protected override object Read(JsonElement element) => read(element);
}
