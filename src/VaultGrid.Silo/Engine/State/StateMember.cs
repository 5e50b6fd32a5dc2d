using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace VaultGrid.Silo.Engine.State;

/// <summary>A member of a stored object.</summary>
internal sealed record StateMember(string Key, FieldInfo Field)
{
    /// <summary>What reads it from an object, compiled: state is written with every request.</summary>
    public Func<object, object?> Getter()
    {
        var owner = Expression.Parameter(typeof(object));
        var value = Expression.Field(Expression.Convert(owner, Field.DeclaringType!), Field);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), owner).Compile();
    }

    /// <summary>The members with an <c>[Id]</c>, in the order of their keys, base classes last.</summary>
    /// <exception cref="NotSupportedException">Two members have the same id, or a property with an id is not automatic.</exception>
    public static IReadOnlyList<StateMember> Of(Type type)
    {
        var members = new List<StateMember>();
        var prefix = string.Empty;
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            var declared = OfLevel(level).OrderBy(member => member.Id).ToArray();
            if (declared.DistinctBy(member => member.Id).Count() != declared.Length)
            {
                throw new NotSupportedException($"{level} gives two members the same [Id].");
            }

            members.AddRange(declared.Select(member => new StateMember(prefix + member.Id.ToString(CultureInfo.InvariantCulture), member.Field)));
            prefix += "^";
        }

        return members;
    }

    private static IEnumerable<(uint Id, FieldInfo Field)> OfLevel(Type level)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in level.GetFields(Declared))
        {
            if (field.GetCustomAttribute<IdAttribute>(inherit: false) is { } id)
            {
                yield return (id.Id, field);
            }
        }

        foreach (var property in level.GetProperties(Declared))
        {
            if (property.GetCustomAttribute<IdAttribute>(inherit: false) is { } id)
            {
                yield return (id.Id, level.GetField($"<{property.Name}>k__BackingField", Declared)
                    ?? throw new NotSupportedException($"{level}.{property.Name} has an [Id] but is no automatic property."));
            }
        }
    }
}
