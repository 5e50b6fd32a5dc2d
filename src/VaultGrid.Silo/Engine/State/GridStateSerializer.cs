using System.Buffers;
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

    private const int KeptCapacity = 64 * 1024;

    // A buffer for each thread, since grains write their state all the time; null while it is in use.
    [ThreadStatic]
    private static Scratch? _scratch;

    private readonly StateCodecs _codecs;

    /// <param name="assemblies">Where aliased types and converters are.</param>
    public GridStateSerializer(IEnumerable<Assembly> assemblies) => _codecs = new StateCodecs(assemblies);

    /// <exception cref="NotSupportedException">A type that is reached has no encoding.</exception>
    public BinaryData Serialize<T>(T? input)
    {
        var scratch = _scratch ?? new Scratch();
        _scratch = null;
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteNumber("vg"u8, Version);
        writer.WritePropertyName("state"u8);
        _codecs.For(typeof(T)).WriteNullable(writer, input);
        writer.WriteEndObject();
        writer.Flush();
        var bytes = scratch.Buffer.WrittenSpan.ToArray();
        if (scratch.Buffer.Capacity <= KeptCapacity) _scratch = scratch.Cleared();
        return new BinaryData(bytes);
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

    private sealed class Scratch
    {
        public Scratch() => Writer = new Utf8JsonWriter(Buffer);

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }

        public Scratch Cleared()
        {
            Buffer.ResetWrittenCount();
            Writer.Reset(Buffer);
            return this;
        }
    }
}
