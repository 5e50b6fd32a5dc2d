using System.Reflection;
using System.Text.Json;
using Orleans.Storage;

namespace VaultGrid.Silo.Engine.State;

/// <summary>
/// Grain state as JSON, the same bytes on both engines. An object is <c>{"id": value}</c> by its members' <c>[Id]</c>; a value whose
/// declared type has subclasses carries its <c>[Alias]</c> as <c>"$"</c>; members of a base class have one <c>^</c> per level before
/// their id; dictionaries and sets are sorted. What is not understood is refused, never dropped.
/// </summary>
public sealed class GridStateSerializer : IGrainStorageSerializer
{
    /// <summary>Version of the encoding, in the first member of the document.</summary>
    public const int Version = 1;

    private readonly StateCodecs _codecs;

    /// <param name="assemblies">Where aliased types and converters are.</param>
    public GridStateSerializer(IEnumerable<Assembly> assemblies) => _codecs = new StateCodecs(assemblies);

    /// <exception cref="NotSupportedException">A type that is reached has no encoding.</exception>
    public BinaryData Serialize<T>(T? input)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("vg", Version);
            writer.WritePropertyName("state");
            _codecs.For(typeof(T)).WriteNullable(writer, input);
            writer.WriteEndObject();
        }

        return new BinaryData(buffer.ToArray());
    }

    /// <exception cref="StateFormatException">The bytes are not this encoding of a <typeparamref name="T"/>.</exception>
    public T? Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            using var document = JsonDocument.Parse(input.ToMemory());
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("vg", out var version) || !root.TryGetProperty("state", out var state))
            {
                throw new StateFormatException("The stored state is not in this encoding.");
            }

            return version.TryGetInt32(out var number) && number == Version
                ? (T?)_codecs.For(typeof(T)).ReadNullable(state)
                : throw new StateFormatException($"The stored state has encoding version {version}, this program knows {Version}.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new StateFormatException($"The stored {typeof(T).Name} can't be read: {exception.Message}", exception);
        }
    }
}
