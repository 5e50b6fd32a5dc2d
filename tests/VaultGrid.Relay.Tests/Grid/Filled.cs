using System.Reflection;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>Values whose every member is set to something that isn't its default, so that a member lost on the way shows.</summary>
internal static class Filled
{
    public static T Of<T>() => (T)Make(typeof(T), sparse: false);

    /// <summary>The opposite: whatever may be missing is, and what stands in lists is as bare.</summary>
    public static T Sparse<T>() => (T)Make(typeof(T), sparse: true);

    private static object Make(Type type, bool sparse)
    {
        var inner = Nullable.GetUnderlyingType(type);
        if (inner is not null) return Make(inner, sparse);
        if (Plain(type) is { } plain) return plain;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0], sparse);

        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Member(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), sparse))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
            property.SetValue(made, Member(property.PropertyType, new NullabilityInfoContext().Create(property), sparse));
        return made;
    }

    private static object? Member(Type type, NullabilityInfo nullability, bool sparse) =>
        sparse && nullability.ReadState == NullabilityState.Nullable ? null : Make(type, sparse);

    private static object? Plain(Type type) =>
        type == typeof(string) ? "a text with \"quotes\", \u00fc and \u20bf"
        : type == typeof(bool) ? true
        : type == typeof(int) ? 41
        : type == typeof(bool) ? true
        : type == typeof(double) ? 12.5
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
        : type == typeof(TrustId) ? new TrustId(Guid.Parse("2b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968"))
        : type == typeof(DomainId) ? new DomainId(Guid.Parse("3b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968"))
        : null;

    private static Array List(Type item, bool sparse)
    {
        // A sparse one still has its items, which are sparse themselves.
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Make(item, sparse), 0);
        list.SetValue(Make(item, sparse), 1);
        return list;
    }
}
