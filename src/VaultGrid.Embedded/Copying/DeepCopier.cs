using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Serialization;

namespace VaultGrid.Embedded.Copying;

/// <summary>Copies what travels between grains, so that caller and callee never share anything that can change.</summary>
/// <param name="assemblies">Where converters for foreign types are looked for.</param>
internal sealed class DeepCopier(IEnumerable<Assembly> assemblies)
{
    private readonly ConcurrentDictionary<Type, TypeCopier> _copiers = new();
    private readonly Dictionary<Type, Type> _converters = assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsDefined(typeof(RegisterConverterAttribute), inherit: false))
        .SelectMany(
            type => type.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IConverter<,>)),
            (type, face) => (Value: face.GetGenericArguments()[0], Converter: type))
        .ToDictionary(pair => pair.Value, pair => pair.Converter);

    public T Copy<T>(T value) =>
        value is null || ShallowTypes.ContainsAllOf(typeof(T)) || ShallowTypes.Contains(value.GetType())
            ? value
            : new CopySession(this).Copy(value);

    /// <summary>The exception itself if its type may travel, else one that says so: as on Orleans, a caller never sees an unannotated type.</summary>
    public Exception Travelling(Exception exception)
    {
        var type = exception.GetType();
        return type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || _converters.ContainsKey(type) || IsFrameworks(type)
            ? exception
            : new CodecNotFoundException($"Could not find a codec for {type}, thrown with the message: {exception.Message}");
    }

    public TypeCopier CopierFor(Type type) => _copiers.GetOrAdd(type, Create);

    private static bool IsFrameworks(Type type) =>
        type.Namespace is { } space
        && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal)
            || space.StartsWith("Microsoft.", StringComparison.Ordinal));

    private static bool HasKnownFields(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        || type.IsGenericType && (type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
            || type.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal)
            || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private TypeCopier Create(Type type)
    {
        if (HasKnownFields(type))
        {
            return new FieldCopier(type);
        }

        if (_converters.TryGetValue(type, out var converter))
        {
            var face = converter.GetInterfaces().Single(face =>
                face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IConverter<,>) && face.GetGenericArguments()[0] == type);
            return (TypeCopier)Activator.CreateInstance(
                typeof(SurrogateCopier<,>).MakeGenericType(face.GetGenericArguments()), Activator.CreateInstance(converter))!;
        }

        return CollectionCopiers.TryCreate(type)
            ?? throw new CodecNotFoundException($"Could not find a copier for type {type}: it needs [GenerateSerializer] or a converter.");
    }
}
