using System.Buffers;
using System.Globalization;
using System.Text;

namespace VaultGrid.Model.Json;

/// <summary>Writes canonical JSON (RFC 8785) for the documents of <see cref="CanonicalObject"/>.</summary>
internal sealed class CanonicalWriter
{
    private readonly SortedDictionary<string, CanonicalValue> _members = new(StringComparer.Ordinal);

    /// <summary>Every document starts its life with its format's version.</summary>
    public CanonicalWriter(uint version) => _members.Add("v", new CanonicalValue.Number(version));

    public CanonicalWriter Add(string name, object value) => AddValue(name, new CanonicalValue.Text(PlainText.Check(value.ToString()!)));

    public CanonicalWriter Add(string name, Hash256? hash) => Add(name, (object)(hash?.ToString() ?? DocumentReader.None));

    public CanonicalWriter Add(string name, ulong number) => Add(name, (object)number.ToString(CultureInfo.InvariantCulture));

    public CanonicalWriter Add(string name, DateTimeOffset time) => Add(name, (object)UtcTime.Format(time));

    public CanonicalWriter AddAll<T>(string name, IEnumerable<T> items)
        where T : notnull =>
        AddValue(name, new CanonicalValue.Texts([.. items.Select(item => PlainText.Check(item.ToString()!))]));

    public byte[] ToUtf8() => Write(_members);

    private static byte[] Write(SortedDictionary<string, CanonicalValue> members)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Put(output, "{");
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first) Put(output, ",");
            first = false;
            PutText(output, name);
            Put(output, ":");
            PutValue(output, value);
        }

        Put(output, "}");
        return output.WrittenSpan.ToArray();
    }

    private static void PutValue(ArrayBufferWriter<byte> output, CanonicalValue value)
    {
        switch (value)
        {
            case CanonicalValue.Text text:
                PutText(output, text.Value);
                break;
            case CanonicalValue.Number number:
                Put(output, number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case CanonicalValue.Texts texts:
                Put(output, "[");
                for (var i = 0; i < texts.Values.Length; i++)
                {
                    if (i > 0) Put(output, ",");
                    PutText(output, texts.Values[i]);
                }

                Put(output, "]");
                break;
        }
    }

    /// <summary>A text as it stands between its quotes. Control characters never come here (PlainText), so the quote and the backslash are all that RFC 8785 escapes.</summary>
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void PutText(ArrayBufferWriter<byte> output, string text)
    {
        Put(output, "\"");
        Put(output, Escape(text));
        Put(output, "\"");
    }

    private static void Put(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    private CanonicalWriter AddValue(string name, CanonicalValue value)
    {
        _members.Add(name, value);
        return this;
    }
}
