namespace VaultGrid.Model.Certificates;

/// <summary>A certificate's serial number: positive, at most 20 octets (RFC 5280 §4.1.2.2). Lower-case hex of its bytes without leading zeros.</summary>
public readonly record struct CertificateSerial
{
    private const int LongestOctets = 20;

    private readonly string _hex;

    private CertificateSerial(string hex) => _hex = hex;

    /// <summary>Reads the hex form that <see cref="ToString"/> gives (and OpenSSL prints in upper case).</summary>
    public static Outcome<CertificateSerial> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > 2 * LongestOctets || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit) || text.StartsWith("00", StringComparison.Ordinal))
            return new Refusal(RefusalCode.InputMalformed, "a serial number is an even count of at most 40 hex digits that doesn't start with 00");

        return new CertificateSerial(text.ToLowerInvariant());
    }

    /// <inheritdoc/>
    public override string ToString() => _hex ?? "";

    /// <summary>Takes the content octets of a DER INTEGER; null unless positive and short enough.</summary>
    internal static CertificateSerial? FromDer(ReadOnlySpan<byte> integer)
    {
        if (integer.Length is 0 or > LongestOctets || integer[0] >= 0x80) return null;

        var magnitude = integer.TrimStart((byte)0);
        return magnitude.IsEmpty ? null : new CertificateSerial(Convert.ToHexStringLower(magnitude));
    }
}
