using System.Globalization;

namespace VaultGrid.Client.Json;

/// <summary>Times: RFC 3339 in UTC with <c>Z</c>, fractions of a second where there are any.</summary>
internal sealed class TimeConverter() : TextConverter<DateTimeOffset>("a time in RFC 3339, UTC, such as \"2026-01-31T12:00:00Z\"")
{
    private const string Whole = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Fraction = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    protected override bool TryParse(string text, out DateTimeOffset value) => DateTimeOffset.TryParseExact(
        text, [Whole, Fraction], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);

    protected override string Format(DateTimeOffset value) => value.UtcDateTime.ToString(Fraction, CultureInfo.InvariantCulture);
}
