namespace VaultGrid.Embedded.Copying;

/// <summary>Copies a collection that can't change but whose elements can.</summary>
internal sealed class ImmutableCollectionCopier<TCollection, TElement>(
    bool isShallow, Func<TCollection, IEnumerable<TElement>, TCollection> rebuild) : TypeCopier
    where TCollection : IEnumerable<TElement>
{
    public override object Copy(object value, CopySession session)
    {
        var original = (TCollection)value;
        return isShallow ? original : rebuild(original, [.. original.Select(session.Copy)]);
    }
}
