using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultGrid.Dealing;

/// <summary>
/// A wrap key on its way to the dealer, as a file: <c>{ "v": 1, "statement": 0x…, "certificate": 0x…, "signature": 0x… }</c>, byte strings in
/// lower-case hex. Reading it proves nothing; <see cref="VerifiedWrapKey.Verify"/> does.
/// </summary>
public static class WrapKeyFile
{
    /// <summary>The largest file, in bytes.</summary>
    public const int Limit = 64 * 1024;

    private const int Version = 1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The file's text.</summary>
    public static string ToText(SignedStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new JsonObject
        {
            ["v"] = Version,
            ["statement"] = Hex.Encode(statement.Statement.Span),
            ["certificate"] = Hex.Encode(statement.Certificate.Span),
            ["signature"] = Hex.Encode(statement.Signature.Span),
        }.ToJsonString(Indented) + "\n";
    }

    /// <summary>Reads the file.</summary>
    /// <returns>The signed statement, or <c>input.malformed</c>, <c>input.too-large</c>.</returns>
    public static Outcome<SignedStatement> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Limit) return new Refusal(RefusalCode.InputTooLarge, $"a wrap key's file has at most {Limit} bytes");
        try
        {
            if (JsonNode.Parse(utf8) is JsonObject { Count: 4 } json && json["v"] is JsonValue version && version.TryGetValue(out int number) && number == Version
                && Hex.TryDecode(Text(json, "statement"), out var statement)
                && Hex.TryDecode(Text(json, "certificate"), out var certificate)
                && Hex.TryDecode(Text(json, "signature"), out var signature))
                return new SignedStatement(statement, certificate, signature);
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            // Told below: a file that is no JSON is as little a wrap key as one with other members.
        }

        return new Refusal(RefusalCode.InputMalformed, "this is not a wrap key: expected v, statement, certificate and signature, and nothing else");
    }

    private static string? Text(JsonObject json, string member) => json[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
