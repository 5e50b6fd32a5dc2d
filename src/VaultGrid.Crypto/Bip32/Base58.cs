namespace VaultGrid.Crypto;

/// <summary>
/// Base58 of numbers of a fixed width, without the leading-zero rule that extended keys never need. Digit by digit in the caller's buffers,
/// so that a private key's text can stay in locked memory. Table look-ups depend on the value: ceremonies only, never in a service.
/// </summary>
internal static class Base58
{
    private static ReadOnlySpan<byte> Alphabet => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8;

    /// <summary>Divides the number by 58 once per digit, last digit first.</summary>
    /// <param name="number">Big-endian; left zero.</param>
    /// <param name="text">As many digits as the number's width needs.</param>
    public static void EncodeVarTime(Span<byte> number, Span<byte> text)
    {
        for (var digit = text.Length - 1; digit >= 0; digit--)
        {
            var remainder = 0;
            for (var i = 0; i < number.Length; i++)
            {
                var value = (remainder << 8) | number[i];
                number[i] = (byte)(value / 58);
                remainder = value % 58;
            }
            text[digit] = Alphabet[remainder];
        }
        if (number.ContainsAnyExcept((byte)0)) throw new ArgumentException("The number needs more digits.", nameof(text));
    }

    /// <summary>Multiplies by 58 and adds, once per digit.</summary>
    /// <returns>False for a character outside of the alphabet or a number that is too wide.</returns>
    public static bool TryDecodeVarTime(ReadOnlySpan<byte> text, Span<byte> number)
    {
        number.Clear();
        foreach (var character in text)
        {
            var carry = Alphabet.IndexOf(character);
            if (carry < 0) return false;
            for (var i = number.Length - 1; i >= 0; i--)
            {
                carry += number[i] * 58;
                number[i] = (byte)carry;
                carry >>= 8;
            }
            if (carry != 0) return false;
        }
        return true;
    }
}
