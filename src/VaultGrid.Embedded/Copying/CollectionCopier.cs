namespace VaultGrid.Embedded.Copying;

/// <summary>Copies a collection by making an empty one like it and adding copies of the elements.</summary>
internal sealed class CollectionCopier<TCollection, TElement>(
    Func<TCollection, TCollection> empty, Action<TCollection, TElement> add) : TypeCopier
    where TCollection : class, IEnumerable<TElement>
{
    public override object Copy(object value, CopySession session)
    {
        var original = (TCollection)value;
        var copy = empty(original);
        session.Record(original, copy);
        foreach (var element in original)
        {
            add(copy, session.Copy(element));
        }

        return copy;
    }
}
