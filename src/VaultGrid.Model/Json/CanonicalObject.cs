using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace VaultGrid.Model.Json;

/// <summary>
/// A document as its signers saw it: one JSON object in canonical form (RFC 8785) whose members are strings, arrays of strings
/// or small whole numbers. Anything that canonicalises to other bytes is refused, so that a hash names one text only.
/// </summary>
internal sealed class CanonicalObject
{
    /// <summary>The largest document, in bytes.</summary>
    public const int SizeLimit = 64 * 1024;

    private const int MaxDepth = 3;

    // In canonical order. Documents have a dozen members: looking along them is faster than any index.
    private readonly List<Member> _members;

    private CanonicalObject(List<Member> members) => _members = members;

    /// <summary>How many members there are.</summary>
    public int Count => _members.Count;

    /// <summary>The name of a member, counted from 0 in canonical order.</summary>
    public string NameAt(int place) => _members[place].Name;

    /// <summary>A member and its place.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out CanonicalValue? value, out int place)
    {
        for (place = 0; place < _members.Count; place++)
        {
            if (_members[place].Name != name) continue;
            value = _members[place].Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The exact bytes.</param>
    /// <param name="code">The code of a refusal.</param>
    /// <param name="what">What the document is, for the refusal.</param>
    public static Outcome<CanonicalObject> Parse(ReadOnlySpan<byte> utf8, RefusalCode code, string what)
    {
        if (utf8.Length > SizeLimit)
            return new Refusal(RefusalCode.InputTooLarge, $"{what} has {utf8.Length} bytes; at most {SizeLimit} are allowed");

        List<Member> members;
        bool isCanonical;
        try
        {
            members = ReadMembers(utf8, out isCanonical);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return new Refusal(code, $"{what} is not a document in canonical JSON: {Reason(fault)}");
        }

        return isCanonical
            ? new CanonicalObject(members)
            : new Refusal(code, $"{what} is not in canonical form (RFC 8785: sorted members, no white space, shortest escapes)");
    }

    // A JsonException repeats the input in places; its position is all that is worth telling.
    private static string Reason(Exception fault) => fault switch
    {
        JsonException { BytePositionInLine: { } at } => $"malformed at byte {at}",
        FormatException => fault.Message,
        _ => "malformed text",
    };

    // The canonical form is the text itself where its members are sorted, each of its texts and numbers is written as RFC 8785 would, and its length is
    // that of these with the punctuation between them: so there is no white space.
    private static List<Member> ReadMembers(ReadOnlySpan<byte> utf8, out bool isCanonical)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        Expect(ref reader, JsonTokenType.StartObject);
        var members = new List<Member>(16);
        var form = new Form { IsSorted = true, IsShortest = true, Length = "{}".Length };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref reader, ref form);
            if (members.Count > 0 && string.CompareOrdinal(members[^1].Name, name) >= 0)
            {
                if (members.Exists(member => member.Name == name)) throw new FormatException($"member '{name}' stands twice");
                form.IsSorted = false;
            }

            if (!reader.Read()) throw new FormatException($"member '{name}' has no value");
            members.Add(new Member(name, ReadValue(ref reader, ref form)));
            form.Length += ":,".Length;
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw new FormatException("it is not one object");
        if (members.Count > 0) form.Length -= ",".Length;
        isCanonical = form.IsSorted && form.IsShortest && form.Length == utf8.Length;
        return members;
    }

    private static CanonicalValue ReadValue(ref Utf8JsonReader reader, ref Form form)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new CanonicalValue.Text(ReadText(ref reader, ref form));
            case JsonTokenType.Number when reader.TryGetUInt32(out var number):
                Span<byte> digits = stackalloc byte[10];
                form.IsShortest &= number.TryFormat(digits, out var length) && PublicBytes.Equal(digits[..length], reader.ValueSpan);
                form.Length += length;
                return new CanonicalValue.Number(number);
            case JsonTokenType.StartArray:
                return ReadTexts(ref reader, ref form);
            default:
                throw new FormatException("a member is neither a string nor an array of strings nor a whole number");
        }
    }

    private static CanonicalValue.Texts ReadTexts(ref Utf8JsonReader reader, ref Form form)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String) items.Add(ReadText(ref reader, ref form));
        form.Length += "[]".Length + Math.Max(0, items.Count - 1);
        return reader.TokenType == JsonTokenType.EndArray
            ? new CanonicalValue.Texts(items.ToImmutable())
            : throw new FormatException("an array holds something other than strings");
    }

    private static string ReadText(ref Utf8JsonReader reader, ref Form form)
    {
        var text = PlainText.Check(reader.GetString()!);
        form.Length += reader.ValueSpan.Length + "\"\"".Length;
        if (reader.ValueIsEscaped) form.IsShortest &= PublicBytes.Equal(Encoding.UTF8.GetBytes(CanonicalWriter.Escape(text)), reader.ValueSpan);
        return text;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw new FormatException("it is not one object");
    }

    private readonly record struct Member(string Name, CanonicalValue Value);

    private struct Form
    {
        public bool IsSorted;
        public bool IsShortest;
        public int Length;
    }
}
