using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;

namespace VaultGrid.Engine.Tests.Contracts;

/// <summary>Every type that can travel or be stored needs a codec, an alias and numbered members.</summary>
internal sealed class CodecRules(IReadOnlyList<Assembly> assemblies)
{
    private static readonly HashSet<Type> Simple =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(CancellationToken), typeof(GrainId), typeof(ReadOnlyMemory<byte>),
    ];

    private static readonly HashSet<Type> Generic =
    [
        typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(SortedSet<>), typeof(Dictionary<,>), typeof(SortedDictionary<,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(KeyValuePair<,>), typeof(Nullable<>),
    ];

    private readonly Dictionary<Type, string> _reached = [];
    private readonly List<string> _violations = [];
    private readonly HashSet<Type> _converted =
    [
        .. assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsDefined(typeof(RegisterConverterAttribute), inherit: false))
            .SelectMany(type => type.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IConverter<,>)))
            .Select(face => face.GetGenericArguments()[0]),
    ];

    /// <summary>The annotated types that were reached, in the order of their names.</summary>
    public IReadOnlyList<Type> Annotated => [.. _reached.Keys.Where(IsAnnotated).OrderBy(type => ContractRules.AliasOf(type), StringComparer.Ordinal).ThenBy(type => type.ToString(), StringComparer.Ordinal)];

    public static bool IsAnnotated(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>The members with ids that a type declares itself.</summary>
    public static IReadOnlyList<(uint Id, string Name, Type Type)> MembersOf(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return
        [
            .. type.GetFields(Declared).Select(field => (Id: field.GetCustomAttribute<IdAttribute>(false)?.Id, field.Name, Type: field.FieldType))
                .Concat(type.GetProperties(Declared).Select(property => (Id: property.GetCustomAttribute<IdAttribute>(false)?.Id, property.Name, Type: property.PropertyType)))
                .Where(member => member.Id is not null)
                .Select(member => (member.Id!.Value, member.Name, member.Type))
                .OrderBy(member => member.Value),
        ];
    }

    public void Reach(Type type, string where)
    {
        if (type.IsPrimitive || type.IsEnum || Simple.Contains(type) || _converted.Contains(type) || !_reached.TryAdd(type, where))
        {
            return;
        }

        if (type.IsSZArray)
        {
            Reach(type.GetElementType()!, where);
        }
        else if (type.IsGenericType && (Generic.Contains(type.GetGenericTypeDefinition()) || typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type)))
        {
            foreach (var argument in type.GetGenericArguments())
            {
                Reach(argument, where);
            }
        }
        else if (typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(type))
        {
            return;
        }
        else if (!IsAnnotated(type))
        {
            _violations.Add($"{type} has no codec; reached from {where}");
        }
        else
        {
            ReachMembers(type);
        }
    }

    public IEnumerable<string> Violations()
    {
        var aliases = Annotated.Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).Distinct()
            .GroupBy(type => ContractRules.AliasOf(type)).Where(group => group.Key is not null && group.Count() > 1)
            .Select(group => $"alias '{group.Key}' is used by {string.Join(" and ", group.Select(type => type.Name))}");
        return _violations.Concat(aliases);
    }

    private void ReachMembers(Type type)
    {
        if (ContractRules.AliasOf(type) is null)
        {
            _violations.Add($"{type} has no [Alias]");
        }

        var members = MembersOf(type);
        foreach (var twice in members.GroupBy(member => member.Id).Where(group => group.Count() > 1))
        {
            _violations.Add($"{type}: [Id({twice.Key})] is used by {string.Join(" and ", twice.Select(member => member.Name))}");
        }

        CheckEveryFieldHasAnId(type, [.. members.Select(member => member.Name)]);
        foreach (var member in members)
        {
            Reach(member.Type, $"{type.Name}.{member.Name}");
        }

        // A variable of this type may hold any of them.
        foreach (var derived in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(other => other.BaseType == type))
        {
            Reach(derived, $"{type.Name} (base)");
        }

        if (type.BaseType is { } ancestor && ancestor != typeof(object) && ancestor != typeof(ValueType) && ancestor.Assembly == type.Assembly)
        {
            Reach(ancestor, $"{type.Name} (derived)");
        }
    }

    private void CheckEveryFieldHasAnId(Type type, HashSet<string> known)
    {
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
            if (!known.Contains(name))
            {
                _violations.Add($"{type}.{name} has no [Id]: it would be lost on the way");
            }
        }
    }
}
