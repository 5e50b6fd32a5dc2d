namespace VaultGrid.Embedded.Copying;

/// <summary>One copy operation: an object that is reached twice is copied once, and cycles end.</summary>
internal sealed class CopySession(DeepCopier copier)
{
    private Dictionary<object, object>? _copies;

    public object? Copy(object? value)
    {
        if (value is null || ShallowTypes.Contains(value.GetType()))
        {
            return value;
        }

        return _copies is not null && _copies.TryGetValue(value, out var copy) ? copy : copier.CopierFor(value.GetType()).Copy(value, this);
    }

    public T Copy<T>(T value) => ShallowTypes.ContainsAllOf(typeof(T)) ? value : (T)Copy((object?)value)!;

    /// <summary>To be called before the parts of <paramref name="original"/> are copied.</summary>
    public void Record(object original, object copy) =>
        (_copies ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance))[original] = copy;
}
