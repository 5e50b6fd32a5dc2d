namespace VaultGrid.Embedded.Copying;

/// <summary>Copies one-dimensional arrays.</summary>
internal sealed class ArrayCopier<TElement> : TypeCopier
{
    public override object Copy(object value, CopySession session)
    {
        var original = (TElement[])value;
        if (ShallowTypes.ContainsAllOf(typeof(TElement)))
        {
            return original.Clone();
        }

        var copy = new TElement[original.Length];
        session.Record(original, copy);
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = session.Copy(original[i]);
        }

        return copy;
    }
}
