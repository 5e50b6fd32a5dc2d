using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Copying;

/// <summary>Which types nobody can change, so that a copy of them would be the same thing.</summary>
internal static class ShallowTypes
{
    private static readonly HashSet<Type> Known =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half), typeof(IPAddress),
        typeof(IPEndPoint), typeof(CultureInfo), typeof(CancellationToken), typeof(GrainId), typeof(GrainType), typeof(IdSpan),
        typeof(Calls.Nothing), typeof(object),
    ];

    private static readonly ConcurrentDictionary<Type, bool> Found = new();

    /// <summary>True of a value whose run-time type is exactly <paramref name="type"/>.</summary>
    public static bool Contains(Type type) => Found.GetOrAdd(type, Decide);

    /// <summary>True of every value that a variable of this type can hold.</summary>
    public static bool ContainsAllOf(Type declared) => (declared.IsValueType || declared.IsSealed) && Contains(declared);

    private static bool Decide(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Known.Contains(type) || type.IsDefined(typeof(Orleans.ImmutableAttribute), inherit: false)
            || typeof(Type).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(IAddressable).IsAssignableFrom(type))
        {
            return true;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Contains(underlying);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(System.Collections.Immutable.ImmutableArray<>))
        {
            return ContainsAllOf(type.GetGenericArguments()[0]);
        }

        // A value type is copied by assignment; one that only holds such values shares nothing.
        if (type.IsValueType)
        {
            return FieldCopier.FieldsOf(type).All(field => field.FieldType != type && ContainsAllOf(field.FieldType));
        }

        return type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
            && FieldCopier.FieldsOf(type).All(field => field.IsInitOnly && ContainsReadOnly(type, field));
    }

    private static bool ContainsReadOnly(Type owner, FieldInfo field) => field.FieldType != owner && ContainsAllOf(field.FieldType);
}
