using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
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

    private readonly SortedDictionary<string, CanonicalValue> _members;

    private CanonicalObject(SortedDictionary<string, CanonicalValue> members) => _members = members;

    /// <summary>The members' names, in canonical order.</summary>
    public IEnumerable<string> Names => _members.Keys;

    public bool TryGet(string name, [NotNullWhen(true)] out CanonicalValue? value) => _members.TryGetValue(name, out value);

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The exact bytes.</param>
    /// <param name="code">The code of a refusal.</param>
    /// <param name="what">What the document is, for the refusal.</param>
    public static Outcome<CanonicalObject> Parse(ReadOnlySpan<byte> utf8, RefusalCode code, string what)
    {
        if (utf8.Length > SizeLimit)
            return new Refusal(RefusalCode.InputTooLarge, $"{what} has {utf8.Length} bytes; at most {SizeLimit} are allowed");

        SortedDictionary<string, CanonicalValue> members;
        try
        {
            members = ReadMembers(utf8);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return new Refusal(code, $"{what} is not a document in canonical JSON: {Reason(fault)}");
        }

        if (!PublicBytes.Equal(CanonicalWriter.Write(members), utf8))
            return new Refusal(code, $"{what} is not in canonical form (RFC 8785: sorted members, no white space, shortest escapes)");
        return new CanonicalObject(members);
    }

    // A JsonException repeats the input in places; its position is all that is worth telling.
    private static string Reason(Exception fault) => fault switch
    {
        JsonException { BytePositionInLine: { } at } => $"malformed at byte {at}",
        FormatException => fault.Message,
        _ => "malformed text",
    };

    private static SortedDictionary<string, CanonicalValue> ReadMembers(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        Expect(ref reader, JsonTokenType.StartObject);
        var members = new SortedDictionary<string, CanonicalValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = PlainText.Check(reader.GetString()!);
            if (!reader.Read() || !members.TryAdd(name, ReadValue(ref reader)))
                throw new FormatException($"member '{name}' stands twice");
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw new FormatException("it is not one object");
        return members;
    }

    private static CanonicalValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new CanonicalValue.Text(PlainText.Check(reader.GetString()!)),
        JsonTokenType.Number when reader.TryGetUInt32(out var number) => new CanonicalValue.Number(number),
        JsonTokenType.StartArray => ReadTexts(ref reader),
        _ => throw new FormatException("a member is neither a string nor an array of strings nor a whole number"),
    };

    private static CanonicalValue.Texts ReadTexts(ref Utf8JsonReader reader)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String) items.Add(PlainText.Check(reader.GetString()!));
        return reader.TokenType == JsonTokenType.EndArray
            ? new CanonicalValue.Texts(items.ToImmutable())
            : throw new FormatException("an array holds something other than strings");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw new FormatException("it is not one object");
    }
}
