namespace VaultGrid.Crypto;

/// <summary>
/// Reads SEQUENCE { INTEGER r, INTEGER s } (RFC 3279, 2.2.3) in its one DER encoding. The platform's own reader takes an r or s whose leading
/// zero is missing, so that one signature would have several encodings.
/// </summary>
internal static class P256SignatureDer
{
    public const int FixedLength = 2 * NumberLength;

    private const int NumberLength = 32;
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>Writes r and s, 32 bytes each. Signatures are public: the time taken may depend on them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, Span<byte> fixedForm)
    {
        // Two integers of at most 35 bytes: the short form of the length always suffices.
        if (der.Length < 2 || der[0] != Sequence || der[1] >= 0x80 || der[1] != der.Length - 2) return false;
        var rest = der[2..];
        return TryReadNumber(ref rest, fixedForm[..NumberLength])
            && TryReadNumber(ref rest, fixedForm[NumberLength..])
            && rest.IsEmpty;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> rest, Span<byte> number)
    {
        if (rest.Length < 3 || rest[0] != Integer || rest[1] is 0 or > NumberLength + 1 || rest.Length < 2 + rest[1]) return false;
        var content = rest.Slice(2, rest[1]);
        rest = rest[(2 + content.Length)..];

        if (content[0] >= 0x80) return false; // negative
        if (content[0] == 0 && content.Length > 1)
        {
            if (content[1] < 0x80) return false; // a zero that need not be there
            content = content[1..];
        }
        if (content.Length > NumberLength) return false;
        number.Clear();
        content.CopyTo(number[^content.Length..]);
        return true;
    }
}
