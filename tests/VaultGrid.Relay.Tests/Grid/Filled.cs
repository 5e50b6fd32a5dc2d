namespace VaultGrid.Relay.Tests.Grid;

/// <summary>Values whose every member is set to something that isn't its default, so that a member lost on the way shows.</summary>
internal static class Filled
{
    public static T Of<T>() => (T)Make(typeof(T), 1);

    private static object Make(Type type, int depth)
    {
        var inner = Nullable.GetUnderlyingType(type);
        if (inner is not null) return Make(inner, depth);
        if (Plain(type) is { } plain) return plain;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0], depth);

        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
            property.SetValue(made, Make(property.PropertyType, depth + 1));
        return made;
    }

    private static object? Plain(Type type) =>
        type == typeof(string) ? "a text with \"quotes\", \u00fc and \u20bf"
        : type == typeof(int) ? 41
        : type == typeof(long) ? 1L << 40
        : type == typeof(uint) ? 7u
        : type == typeof(ulong) ? ulong.MaxValue
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero)
        : type == typeof(ReadOnlyMemory<byte>) ? new ReadOnlyMemory<byte>([0, 1, 0xfe, 0xff])
        : type == typeof(Hash256) ? Hash256.Sha256("a hash"u8)
        : type == typeof(ClusterId) ? new ClusterId(3)
        : type == typeof(NodeId) ? NodeId.Parse("3/2")
        : type == typeof(KeyId) ? KeyId.Parse("treasury-1")
        : type == typeof(RequestId) ? RequestId.Parse("0b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968")
        : null;

    private static Array List(Type item, int depth)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Make(item, depth + 1), 0);
        list.SetValue(Make(item, depth + 1), 1);
        return list;
    }
}
