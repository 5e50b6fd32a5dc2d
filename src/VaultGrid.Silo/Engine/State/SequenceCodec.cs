using System.Collections.Immutable;
using System.Text.Json;

namespace VaultGrid.Silo.Engine.State;

/// <summary>A collection as a JSON array.</summary>
/// <param name="element">The elements' encoding.</param>
/// <param name="build">Makes the collection.</param>
/// <param name="isSorted">The collection has no order of its own, so it is given that of the encoded elements.</param>
internal sealed class SequenceCodec<TElement>(StateCodec element, Func<IReadOnlyList<TElement>, object> build, bool isSorted) : StateCodec
{
    protected override void Write(Utf8JsonWriter writer, object value)
    {
        // An array that was never set holds nothing, as one does that a stored state of before its time leaves out.
        var items = value is ImmutableArray<TElement> { IsDefault: true } ? [] : (IEnumerable<TElement>)value;
        writer.WriteStartArray();
        if (isSorted)
        {
            foreach (var encoded in items.Select(Encode).Order(StringComparer.Ordinal))
            {
                writer.WriteRawValue(encoded);
            }
        }
        else
        {
            foreach (var item in items)
            {
                element.WriteNullable(writer, item);
            }
        }

        writer.WriteEndArray();
    }

    protected override object Read(JsonElement element1) =>
        build([.. element1.EnumerateArray().Select(item => (TElement)element.ReadNullable(item)!)]);

    private string Encode(TElement item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            element.WriteNullable(writer, item);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
