using System.Text;

namespace VaultGrid.Crypto;

/// <summary>
/// Bech32 (BIP-173) and Bech32m (BIP-350): a readable prefix, the separator 1, data in words of 5 bits and a checksum of 6 words that finds any four
/// wrong characters.
/// </summary>
public static class Bech32
{
    /// <summary>The longest text, checksum included (BIP-173).</summary>
    public const int MaxLength = 90;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private const char Separator = '1';

    /// <summary>Writes in lower case.</summary>
    /// <param name="prefix">Human-readable part: lower-case or caseless printable ASCII, 1 to 83 characters.</param>
    /// <param name="words">Values below 32.</param>
    /// <param name="variant">Which checksum.</param>
    /// <exception cref="ArgumentException">The prefix, a word or the length can't be written.</exception>
    public static string Encode(string prefix, ReadOnlySpan<byte> words, Bech32Variant variant)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (!IsPrefix(prefix) || prefix.Any(char.IsAsciiLetterUpper)) throw new ArgumentException("This prefix can't be written in Bech32.", nameof(prefix));
        if (prefix.Length + 1 + words.Length + ChecksumLength > MaxLength) throw new ArgumentException($"Bech32 ends at {MaxLength} characters.", nameof(words));
        foreach (var word in words)
            if (word >= Alphabet.Length) throw new ArgumentException("A word of Bech32 has 5 bits.", nameof(words));

        // The checksum makes the remainder of prefix ‖ words ‖ checksum the variant's constant.
        var remainder = Remainder(prefix, [.. words, .. new byte[ChecksumLength]]) ^ Constant(variant);
        var text = new StringBuilder(prefix).Append(Separator);
        foreach (var word in words) text.Append(Alphabet[word]);
        for (var i = ChecksumLength - 1; i >= 0; i--) text.Append(Alphabet[(int)(remainder >> (5 * i)) & 31]);
        return text.ToString();
    }

    /// <summary>Reads a text in lower or in upper case (both are allowed, a mixture is not).</summary>
    /// <returns>Its parts and the variant that its checksum fits, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<Bech32Text> Decode(string? text)
    {
        if (text is null || text.Length > MaxLength) return Malformed($"longer than {MaxLength} characters");
        if (text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower)) return Malformed("upper and lower case are mixed");

        var separator = text.LastIndexOf(Separator);
        if (separator < 1 || !IsPrefix(text[..separator])) return Malformed("it has no prefix of printable characters before a 1");
        var lower = text.ToLowerInvariant();
        var prefix = lower[..separator];
        var words = new byte[text.Length - separator - 1];
        if (words.Length < ChecksumLength) return Malformed("its checksum is cut off");
        for (var i = 0; i < words.Length; i++)
        {
            // Only ASCII: some other letters become ASCII ones when their case is changed.
            var character = text[separator + 1 + i];
            var value = char.IsAscii(character) ? Alphabet.IndexOf(lower[separator + 1 + i], StringComparison.Ordinal) : -1;
            if (value < 0) return Malformed($"character {separator + 2 + i} is none of its alphabet");
            words[i] = (byte)value;
        }

        var data = words[..^ChecksumLength];
        var remainder = Remainder(prefix, words);
        if (remainder == Constant(Bech32Variant.Bech32)) return new Bech32Text(prefix, data, Bech32Variant.Bech32);
        if (remainder == Constant(Bech32Variant.Bech32m)) return new Bech32Text(prefix, data, Bech32Variant.Bech32m);
        return Malformed("its checksum is wrong; check every character");
    }

    /// <summary>Bytes as words of 5 bits, most significant first, the last filled up with zero bits.</summary>
    internal static byte[] ToWords(ReadOnlySpan<byte> bytes)
    {
        var words = new byte[((bytes.Length * 8) + 4) / 5];
        var (buffer, bits, next) = (0u, 0, 0);
        foreach (var one in bytes)
        {
            buffer = (buffer << 8) | one;
            for (bits += 8; bits >= 5; bits -= 5) words[next++] = (byte)((buffer >> (bits - 5)) & 31);
        }

        if (bits > 0) words[next] = (byte)((buffer << (5 - bits)) & 31);
        return words;
    }

    /// <summary>The bytes of words, or null where the padding has a whole word or a bit that is set: then another text says the same.</summary>
    internal static byte[]? FromWords(ReadOnlySpan<byte> words)
    {
        var bytes = new byte[words.Length * 5 / 8];
        var (buffer, bits, next) = (0u, 0, 0);
        foreach (var word in words)
        {
            buffer = (buffer << 5) | word;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[next++] = (byte)(buffer >> bits);
        }

        var padding = buffer & ((1u << bits) - 1);
        return bits < 5 && padding == 0 ? bytes : null;
    }

    private static bool IsPrefix(string prefix) => prefix.Length is >= 1 and <= 83 && prefix.All(c => c is >= '!' and <= '~');

    private static uint Constant(Bech32Variant variant) => variant switch
    {
        Bech32Variant.Bech32 => 1,
        Bech32Variant.Bech32m => 0x2BC830A3,
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Not a variant of Bech32."),
    };

    // The text as a polynomial over GF(32), modulo the BCH generator: first the high bits of the prefix, a zero, its low bits, then the words.
    private static uint Remainder(string prefix, ReadOnlySpan<byte> words)
    {
        var remainder = 1u;
        foreach (var c in prefix) remainder = Step(remainder, (uint)c >> 5);
        remainder = Step(remainder, 0);
        foreach (var c in prefix) remainder = Step(remainder, (uint)c & 31);
        foreach (var word in words) remainder = Step(remainder, word);
        return remainder;
    }

    private static uint Step(uint remainder, uint value)
    {
        var top = remainder >> 25;
        remainder = ((remainder & 0x1FFFFFF) << 5) ^ value;
        if ((top & 1) != 0) remainder ^= 0x3B6A57B2;
        if ((top & 2) != 0) remainder ^= 0x26508E6D;
        if ((top & 4) != 0) remainder ^= 0x1EA119FA;
        if ((top & 8) != 0) remainder ^= 0x3D4233DD;
        if ((top & 16) != 0) remainder ^= 0x2A1462B3;
        return remainder;
    }

    private static Refusal Malformed(string what) => new(RefusalCode.InputMalformed, $"not Bech32: {what}");
}
