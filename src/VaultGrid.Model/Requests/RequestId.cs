using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>The id that makes a request idempotent: a UUID in lower-case 8-4-4-4-12 form.</summary>
public readonly record struct RequestId(Guid Value)
{
    /// <summary>Makes an id of 16 random bytes.</summary>
    public static RequestId FromRandom(ReadOnlySpan<byte> random16) => new(new Guid(random16, bigEndian: true));

    /// <summary>Reads the lower-case form only, so that an id has one spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RequestId id)
    {
        var ok = Guid.TryParseExact(text, "D", out var value) && value.ToString("D") == text;
        id = ok ? new RequestId(value) : default;
        return ok;
    }

    /// <exception cref="FormatException">The text is no request id.</exception>
    public static RequestId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a request id: expected a lower-case UUID");

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
