using Orleans;

namespace VaultGrid.Embedded.Copying;

/// <summary>Copies a foreign type by way of its surrogate, as it would travel.</summary>
internal sealed class SurrogateCopier<TValue, TSurrogate>(IConverter<TValue, TSurrogate> converter) : TypeCopier
    where TSurrogate : struct
{
    public override object Copy(object value, CopySession session)
    {
        var surrogate = session.Copy(converter.ConvertToSurrogate((TValue)value));
        var copy = converter.ConvertFromSurrogate(in surrogate)!;
        if (value is not ValueType)
        {
            session.Record(value, copy);
        }

        return copy;
    }
}
