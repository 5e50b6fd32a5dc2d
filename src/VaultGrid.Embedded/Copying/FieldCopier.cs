using System.Reflection;

namespace VaultGrid.Embedded.Copying;

/// <summary>Copies a value field by field: a shallow clone whose changeable parts are then replaced by copies.</summary>
internal sealed class FieldCopier : TypeCopier
{
    private static readonly Func<object, object> Clone = typeof(object)
        .GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!
        .CreateDelegate<Func<object, object>>();

    private readonly FieldInfo[] _deep;
    private readonly bool _isReference;

    public FieldCopier(Type type)
    {
        _deep = [.. FieldsOf(type).Where(field => !ShallowTypes.ContainsAllOf(field.FieldType))];
        _isReference = !type.IsValueType;
    }

    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (var field in level.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    public override object Copy(object value, CopySession session)
    {
        var copy = Clone(value);
        if (_isReference)
        {
            session.Record(value, copy);
        }

        foreach (var field in _deep)
        {
            field.SetValue(copy, session.Copy(field.GetValue(value)));
        }

        return copy;
    }
}
