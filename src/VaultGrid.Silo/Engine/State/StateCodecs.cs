using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace VaultGrid.Silo.Engine.State;

/// <summary>Finds the encoding of a type.</summary>
internal sealed class StateCodecs
{
    private readonly ConcurrentDictionary<Type, StateCodec> _codecs = new();
    private readonly Dictionary<string, Type> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, Type> _converters = [];

    /// <exception cref="NotSupportedException">Two types have the same alias.</exception>
    public StateCodecs(IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()))
        {
            if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
                && type.GetCustomAttribute<AliasAttribute>(inherit: false) is { } alias
                && !_aliases.TryAdd(alias.Alias, type))
            {
                throw new NotSupportedException($"{type} and {_aliases[alias.Alias]} have the same alias '{alias.Alias}'.");
            }

            if (type.IsDefined(typeof(RegisterConverterAttribute), inherit: false))
            {
                foreach (var face in ConverterFaces(type))
                {
                    _converters[face.GetGenericArguments()[0]] = type;
                }
            }
        }
    }

    public static string AliasOf(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
        ?? throw new NotSupportedException($"{type} needs an [Alias] to be stored where a more general type is declared.");

    /// <exception cref="NotSupportedException">The type has no encoding.</exception>
    public StateCodec For(Type declared) => _codecs.TryGetValue(declared, out var known) ? known : _codecs.GetOrAdd(declared, Create(declared));

    public ObjectCodec ObjectOf(Type type) => (ObjectCodec)_codecs.GetOrAdd(ExactOf(type), _ => new ObjectCodec(type, this));

    public Type? TypeOf(string alias) => _aliases.GetValueOrDefault(alias);

    private static IEnumerable<Type> ConverterFaces(Type converter) => converter.GetInterfaces()
        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IConverter<,>));

    // An unsealed class is found twice: as what a member declares, and as exactly this class.
    private static Type ExactOf(Type type) => type.IsSealed ? type : typeof(StrongBox<>).MakeGenericType(type);

    private static bool IsTuple(Type type) => type.IsGenericType
        && (typeof(ITuple).IsAssignableFrom(type) || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private StateCodec Create(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return For(underlying);
        }

        if ((ScalarCodecs.TryGet(type) ?? CollectionCodecs.TryCreate(type, this)) is { } simple)
        {
            return simple;
        }

        if (_converters.TryGetValue(type, out var converter))
        {
            var face = ConverterFaces(converter).Single(face => face.GetGenericArguments()[0] == type);
            return (StateCodec)Activator.CreateInstance(
                typeof(SurrogateCodec<,>).MakeGenericType(face.GetGenericArguments()), Activator.CreateInstance(converter), this)!;
        }

        if (IsTuple(type))
        {
            return new TupleCodec(type, this);
        }

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            throw new NotSupportedException($"{type} can't be stored: it needs [GenerateSerializer] or a converter.");
        }

        return type.IsSealed ? ObjectOf(type) : new PolymorphicCodec(type, this);
    }
}
