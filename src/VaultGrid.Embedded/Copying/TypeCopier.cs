namespace VaultGrid.Embedded.Copying;

/// <summary>Copies values of one type.</summary>
internal abstract class TypeCopier
{
    public abstract object Copy(object value, CopySession session);
}
