using System.Collections;
using System.Reflection;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>Compares values member by member: bytes and lists by content.</summary>
internal static class Same
{
    public static void Assert(object? expected, object? actual, string where = "value")
    {
        if (expected is null || actual is null)
        {
            Xunit.Assert.True(expected is null && actual is null, $"{where}: expected {expected ?? "null"}, got {actual ?? "null"}");
            return;
        }

        if (expected is ReadOnlyMemory<byte> bytes) Xunit.Assert.Equal(Hex.Encode(bytes.Span), Hex.Encode(((ReadOnlyMemory<byte>)actual).Span));
        else if (expected is string or DerivationPath || expected.GetType().IsValueType) Xunit.Assert.True(expected.Equals(actual), $"{where}: expected {expected}, got {actual}");
        else if (expected is IEnumerable list) AssertList([.. list.Cast<object?>()], [.. ((IEnumerable)actual).Cast<object?>()], where);
        else AssertMembers(expected, actual, where);
    }

    private static void AssertList(object?[] expected, object?[] actual, string where)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert(expected[i], actual[i], $"{where}[{i}]");
    }

    private static void AssertMembers(object expected, object actual, string where)
    {
        Xunit.Assert.Equal(expected.GetType(), actual.GetType());
        foreach (var property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert(property.GetValue(expected), property.GetValue(actual), $"{where}.{property.Name}");
    }
}
